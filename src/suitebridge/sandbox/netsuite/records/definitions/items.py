"""Item records: every REST item type is a choice of rows of `item`, by `itemtype` and `subtype`."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions import labels
from suitebridge.sandbox.netsuite.records.definitions.fields import (
    EXTERNAL_ID,
    Fields,
    choices,
    computed,
    flags,
    integers,
    moments,
    money,
    multis,
    numbers,
    refs,
    texts,
)
from suitebridge.sandbox.netsuite.records.definitions.model import (
    Family,
    FieldKind,
    Owned,
    Place,
    RecordType,
    Sublist,
)

_EXTRA = Place.EXTRA

_COMMON: Fields = (
    *EXTERNAL_ID,
    *texts("itemId", maximum=250, required=True, label="Item Name/Number"),
    *texts("displayName", maximum=250),
    *texts("upcCode mpn manufacturer vendorName", maximum=60),
    *refs("parent", "item"),
    *flags("isInactive"),
    *refs("department", "department"),
    *refs("class", "classification"),
    *refs("location", "location"),
    *multis("subsidiary", "subsidiary"),
    *flags("includeChildren"),
    *refs("incomeAccount", "account"),
    *refs("taxSchedule=taxschedule", None),
    *moments("createdDate lastModifiedDate", read_only=True),
    *computed("itemType", FieldKind.ENUM, "t.itemtype", labels=None),
    *flags("offerSupport availableToPartners isDropShipItem isSpecialOrderItem", _EXTRA),
    *refs("customForm issueProduct costCategory pricingGroup quantityPricingSchedule softDescriptor", None, _EXTRA),
)
_SALES: Fields = (
    *texts("salesDescription=description"),
    *flags("isFulfillable isOnline"),
    *refs("unitsType", "unitsType"),
    *refs("saleUnit=saleunit", None),
    *refs("deferredRevenueAccount", "account"),
    *money("shippingCost handlingCost"),
    *choices("costEstimateType", labels.COST_ESTIMATE),
    *texts("storeDescription"),
    *texts("storeDisplayName storeDetailedDescription pageTitle metaTagHtml searchKeywords urlComponent", _EXTRA),
    *texts("featuredDescription specialsDescription noPriceMessage outOfStockMessage", _EXTRA),
    *integers("minimumQuantity maximumQuantity", _EXTRA),
    *flags("isTaxable dontShowPrice onSpecial isDonationItem enforceMinQtyInternally", _EXTRA),
    *numbers("costEstimate", _EXTRA),
    *refs("billingSchedule revRecSchedule itemRevenueCategory revenueRecognitionRule salesTaxCode", None, _EXTRA),
)
_PURCHASE: Fields = (
    *texts("purchaseDescription"),
    *refs("expenseAccount", "account"),
    *numbers("cost", scale=8),
    *refs("preferredVendor=vendor", "vendor"),
    *refs("purchaseUnit=purchaseunit", None),
    *refs("purchaseTaxCode amortizationTemplate", None, _EXTRA),
)
_WEIGHT: Fields = (
    *numbers("weight"),
    *choices("weightUnit", {"1": "lb", "2": "oz", "3": "kg", "4": "g"}),
)
_STOCK: Fields = (
    *refs("cogsAccount=expenseaccount assetAccount gainLossAccount", "account"),
    *refs("intercoIncomeAccount intercoCogsAccount=intercoexpenseaccount", "account"),
    *texts("purchaseDescription"),
    *numbers("cost", scale=8),
    *refs("vendor", "vendor"),
    *refs("purchaseUnit=purchaseunit stockUnit=stockunit", None),
    *choices("costingMethod", labels.COSTING_METHOD, default="AVG"),
    *numbers("averageCost lastPurchasePrice", scale=8, read_only=True),
    *money("totalValue", read_only=True),
    *numbers("totalQuantityOnHand", read_only=True),
    *numbers("reorderPoint preferredStockLevel safetyStockLevel"),
    *integers("leadTime"),
    *choices("countryOfManufacture", None),
    *flags("useBins trackLandedCost matchBillToReceipt seasonalDemand autoReorderPoint autoLeadTime", _EXTRA),
    *texts("stockDescription manufacturerAddr1 manufacturerCity scheduleBNumber", _EXTRA),
    *refs("atpMethod preferredLocation supplyReplenishmentMethod purchaseTaxCode", None, _EXTRA),
    *refs(
        "billPriceVarianceAcct billQtyVarianceAcct dropshipExpenseAccount purchasePriceVarianceAcct", "account", _EXTRA
    ),
)

_PRICES = Sublist(
    "price",
    "pricing",
    "item",
    (
        *computed("currencyPage", FieldKind.REF, "l.currency", target="currency", read_only=False, required=True),
        *refs("priceLevel", "priceLevel", required=True),
        *numbers("quantity=quantity"),
        *computed("priceLevelName", FieldKind.TEXT, "(SELECT p.name FROM pricelevel p WHERE p.id = l.pricelevel)"),
        *numbers("price=unitprice", scale=8),
        *computed(
            "discountDisplay", FieldKind.NUMBER, "(SELECT p.discountpct FROM pricelevel p WHERE p.id = l.pricelevel)"
        ),
    ),
    key=("currencyPage", "priceLevel", "quantity"),
    path="'quantity=' || (COALESCE(l.quantity, 0) / 100000) || ',currencypage=' || l.currency"
    " || ',pricelevel=' || l.pricelevel",
    order="l.currency, l.pricelevel, l.quantity",
    writable=True,
    feature="multiprice",
)
_LOCATIONS = Sublist(
    "locations",
    "inventoryitemlocations",
    "item",
    (
        *refs("locationId=location", "location"),
        *computed("location", FieldKind.TEXT, "(SELECT p.name FROM location p WHERE p.id = l.location)"),
        *numbers("quantityOnHand quantityAvailable quantityCommitted quantityBackOrdered quantityOnOrder"),
        *numbers("averageCostMli lastPurchasePriceMli", scale=8),
        *money("onHandValueMli"),
        *numbers("reorderPoint preferredStockLevel"),
    ),
    path="CAST(l.location AS TEXT)",
    order="l.location",
    feature="inventory",
)

_OWNED = (
    Owned("itemprice", "item"),
    Owned("pricing", "item"),
    Owned("inventoryitemlocations", "item"),
    Owned("itemsubsidiarymap", "item"),
)


def _item(
    name: str, itemtype: str, subtype: str | None, *fields: Fields, prices: bool = True, stock: bool = False
) -> RecordType:
    where = f"t.itemtype = '{itemtype}'"
    if subtype:
        where += f" AND t.subtype = '{subtype}'"
    sublists = (*((_PRICES,) if prices else ()), *((_LOCATIONS,) if stock else ()))
    return RecordType(
        name=name,
        table="item",
        family=Family.ITEM,
        code=f"{itemtype}/{subtype or ''}",
        where=where,
        permission="LIST_ITEM",
        permission_name="Lists -> Items",
        created="createddate",
        modified="lastmodifieddate",
        writable=True,
        owned=_OWNED,
        fields=(*_COMMON, *(field for group in fields for field in group)),
        sublists=sublists,
    )


def _three(name: str, itemtype: str, *fields: Fields) -> tuple[RecordType, RecordType, RecordType]:
    return (
        _item(f"{name}SaleItem", itemtype, "Sale", _SALES, *fields),
        _item(f"{name}ResaleItem", itemtype, "Resale", _SALES, _PURCHASE, *fields),
        _item(f"{name}PurchaseItem", itemtype, "Purchase", _PURCHASE, *fields, prices=False),
    )


_ADJUSTING: Fields = (
    *texts("description"),
    *refs("account=expenseaccount", "account"),
    *texts("rate", _EXTRA, maximum=40),
    *flags("nonPosting isPreTax", _EXTRA),
)

ITEM_TYPES: tuple[RecordType, ...] = (
    _item("inventoryItem", "InvtPart", None, _SALES, _STOCK, _WEIGHT, stock=True),
    _item("assemblyItem", "Assembly", None, _SALES, _STOCK, _WEIGHT, stock=True),
    _item("kitItem", "Kit", None, _SALES, _WEIGHT),
    *_three("nonInventory", "NonInvtPart", _WEIGHT),
    *_three("service", "Service"),
    *_three("otherCharge", "OthCharge"),
    _item("discountItem", "Discount", None, _ADJUSTING, prices=False),
    _item("markupItem", "Markup", None, _ADJUSTING, prices=False),
    _item("paymentItem", "Payment", None, texts("description"), prices=False),
    _item("subtotalItem", "Subtotal", None, texts("description"), prices=False),
    _item("descriptionItem", "Description", None, texts("description"), prices=False),
    _item(
        "shipItem",
        "ShipItem",
        None,
        texts("description"),
        refs("account=expenseaccount", "account"),
        money("shippingCost handlingCost"),
        prices=False,
    ),
)
