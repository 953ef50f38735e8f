"""Ids and labels of the enum fields that records of several types show."""

from __future__ import annotations

EMAIL_PREFERENCE = {"DEFAULT": "Default", "HTML": "HTML", "PDF": "PDF"}
CREDIT_HOLD = {"AUTO": "Auto", "OFF": "Off", "ON": "On"}
SUBSCRIPTION_STATUS = {"1": "Soft Opt-In", "2": "Soft Opt-Out", "3": "Confirmed Opt-In", "4": "Confirmed Opt-Out"}
SYMBOL_PLACEMENT = {"1": "Before Number", "2": "After Number"}
NUMBER_FORMAT = {
    "0": "1,000,000.00",
    "1": "1.000.000,00",
    "2": "1 000 000,00",
    "3": "1'000'000.00",
    "4": "1 000 000.00",
    "5": "1'000'000,00",
}
NEGATIVE_FORMAT = {"0": "-100", "1": "(100)"}
CLOSING_DAY = {day: day for day in ("1", "5", "10", "15", "20", "25", "31")}
SHIPPING_CARRIER = {"nonups": "FedEx/USPS/More", "ups": "UPS"}
APPROVAL_STATUS = {"1": "Pending Approval", "2": "Approved", "3": "Rejected", "11": "Open"}
COMMIT_INVENTORY = {
    "AVAILABLEQTY": "Available Qty",
    "COMPLETEQTY": "Complete Qty",
    "DONOTCOMMIT": "Do Not Commit",
}
CONSOLIDATED_RATE = {"AVERAGE": "Average", "CURRENT": "Current", "HISTORICAL": "Historical"}
COSTING_METHOD = {
    "AVG": "Average",
    "FIFO": "FIFO",
    "LIFO": "LIFO",
    "STANDARD": "Standard",
    "LOT": "Lot Numbered",
    "SERIAL": "Specific",
}
COST_ESTIMATE = {
    "AVGCOST": "Average Cost",
    "CUSTOM": "Custom",
    "ITEMDEFINED": "Item Defined Cost",
    "LASTPURCHPRICE": "Last Purchase Price",
    "PREFVENDORRATE": "Preferred Vendor Rate",
    "PURCHPRICE": "Purchase Price",
}
LOCATION_TYPE = {"1": "Store", "2": "Warehouse", "3": "Undefined"}
LANGUAGE = {
    "cs_CZ": "Czech",
    "da_DK": "Danish",
    "de_DE": "German",
    "en": "English (International)",
    "en_AU": "English (AU)",
    "en_CA": "English (Canada)",
    "en_GB": "English (U.K.)",
    "en_US": "English (U.S.)",
    "es_AR": "Spanish (Latin America)",
    "es_ES": "Spanish",
    "fr_CA": "French (Canada)",
    "fr_FR": "French (France)",
    "it_IT": "Italian",
    "ja_JP": "Japanese",
    "ko_KR": "Korean",
    "nl_NL": "Dutch",
    "pt_BR": "Portuguese (Brazil)",
    "sv_SE": "Swedish",
    "zh_CN": "Chinese (Simplified)",
    "zh_TW": "Chinese (Traditional)",
}
EMPLOYEE_STATUS = {"active": "Active", "terminated": "Terminated"}
