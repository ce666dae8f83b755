//! Fixed and intangible assets 固定资产, 无形资产 and long-term prepaid expenses 长期待摊费用: what the
//! union owns, a card each, and what becomes of it (财会〔2021〕7号, 162, 163, 171, 172, 181).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Till;
use super::disbursement::Acquisition;
use crate::date::{Day, Month};
use crate::ids::{AssetId, FundId, MemberId, OfficerId, Seq, Source, Text};
use crate::lang::Lang;
use crate::money::Money;

macro_rules! categories {
    ($($category:ident = $kind:ident, $zh:literal, $en:literal;)*) => {
        /// 类别 As the official table of lives names them (财会〔2021〕7号, 附录2, Art. 35, 38).
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Category {
            $(#[doc = $zh] $category,)*
        }

        impl Category {
            pub const ALL: &'static [Category] = &[$(Category::$category),*];

            #[must_use]
            pub fn title(self, lang: Lang) -> &'static str {
                let (zh, en) = match self { $(Category::$category => ($zh, $en),)* };
                match lang {
                    Lang::Zh => zh,
                    Lang::En => en,
                }
            }

            #[must_use]
            pub fn kind(self) -> Kind {
                match self { $(Category::$category => Kind::$kind,)* }
            }
        }
    };
}

categories! {
    BuildingSteel = Building, "房屋（钢结构）", "building, steel";
    BuildingConcrete = Building, "房屋（钢筋混凝土结构）", "building, reinforced concrete";
    BuildingBrickConcrete = Building, "房屋（砖混结构）", "building, brick and concrete";
    BuildingBrickWood = Building, "房屋（砖木结构）", "building, brick and wood";
    BuildingSimple = Building, "简易房", "simple building";
    BuildingFacilities = Building, "房屋附属设施", "facilities of a building";
    Structure = Building, "构筑物", "structure";
    Computer = General, "计算机设备", "computers";
    Office = General, "办公设备", "office equipment";
    Vehicle = General, "车辆", "vehicles";
    Archives = General, "图书档案设备", "library and archive equipment";
    Machinery = General, "机械设备", "machinery";
    Electrical = General, "电气设备", "electrical equipment";
    Radar = General, "雷达、无线电和卫星导航设备", "radar, radio and navigation";
    Telecom = General, "通信设备", "telecommunication";
    Broadcasting = General, "广播、电视、电影设备", "radio, television and film";
    Instruments = General, "仪器仪表", "instruments";
    ElectronicMeasuring = General, "电子和通信测量设备", "electronic measuring";
    Metrology = General, "计量标准器具及量具、衡器", "measures and scales";
    Food = Special, "食品加工专用设备", "food processing";
    Textile = Special, "纺织设备", "textile equipment";
    Sewing = Special, "缝纫、服饰、制革和毛皮加工设备", "sewing and leather";
    Medical = Special, "医疗设备", "medical equipment";
    Safety = Special, "安全生产设备", "work safety equipment";
    Environmental = Special, "环境污染防治设备", "pollution control";
    Arts = Special, "文艺设备", "arts equipment";
    Sports = Special, "体育设备", "sports equipment";
    Entertainment = Special, "娱乐设备", "entertainment equipment";
    Furniture = Furnishing, "家具", "furniture";
    Utensils = Furnishing, "用具、装具", "utensils";
    Relics = Unworn, "文物和陈列品", "relics and exhibits";
    Books = Unworn, "图书、档案", "books and archives";
    AnimalsPlants = Unworn, "动植物", "animals and plants";
    Land = Unworn, "土地", "land";
    Software = Intangible, "软件", "software";
    Rights = Intangible, "专利、土地使用权等无形资产", "patents, land use and other rights";
    Prepaid = Deferred, "长期待摊费用", "long-term prepaid expenses";
}

/// 大类
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 房屋及构筑物
    Building,
    /// 通用设备
    General,
    /// 专用设备
    Special,
    /// 家具、用具及装具
    Furnishing,
    /// 不计提折旧: relics, books, animals and plants, land (Art. 35).
    Unworn,
    /// 无形资产
    Intangible,
    /// 长期待摊费用
    Deferred,
}

impl Category {
    /// Which of the asset accounts it is kept on.
    #[must_use]
    pub fn class(self) -> Acquisition {
        match self.kind() {
            Kind::Building | Kind::General | Kind::Special | Kind::Furnishing | Kind::Unworn => {
                Acquisition::FixedAsset
            }
            Kind::Intangible => Acquisition::IntangibleAsset,
            Kind::Deferred => Acquisition::Prepaid,
        }
    }
}

/// 折旧年限 The months over which a category is worn off: 不低于 the first, and not more than the
/// second where the table has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Life {
    pub at_least: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
}

/// 折旧年限表
pub type Lives = BTreeMap<Category, Life>;

/// 保管人 Who answers for it. By number, never by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Keeper {
    Officer(OfficerId),
    Member(MemberId),
}

/// 建卡 What the accountant says of one asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardAsset {
    pub asset: AssetId,
    pub name: Text,
    /// 类别 As the official table names it.
    pub category: Category,
    /// 入账的记录号 The record that brought it onto the accounts: the payment, the gift, the opening balances.
    pub from: Seq,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 原值 The cost
    pub cost: Money,
    /// 件数 How many pieces
    #[serde(default = "one")]
    pub units: u32,
    /// 启用日期 In use from
    pub in_use_from: Day,
    /// 使用年限 In months; none for what is not worn off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub life_months: Option<u32>,
    /// 保管人 Who keeps it
    pub keeper: Keeper,
    /// 存放地点 Where it is
    pub place: Text,
    /// 名义金额 Entered at one yuan, because nothing says what it is worth (Art. 27).
    #[serde(default)]
    pub nominal: bool,
    /// 大批同类物资: kept as a fixed asset although one alone is worth less (Art. 32).
    #[serde(default)]
    pub batch: bool,
    /// 期初已提的折旧 What was worn off before this book, of an asset that the opening balances brought in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worn: Option<WornBefore>,
}

/// 以前已提折旧
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WornBefore {
    pub months: u32,
    pub amount: Money,
}

fn one() -> u32 {
    1
}

/// 固定资产卡片 The card, with the day on which the asset came onto the accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub asset: AssetId,
    pub name: Text,
    pub category: Category,
    pub from: Seq,
    pub acquired: Day,
    pub fund: FundId,
    pub cost: Money,
    pub units: u32,
    pub in_use_from: Day,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub life_months: Option<u32>,
    pub keeper: Keeper,
    pub place: Text,
    pub nominal: bool,
    pub batch: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worn: Option<WornBefore>,
}

/// 移交 Another keeper or another place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    pub asset: AssetId,
    pub on: Day,
    pub keeper: Keeper,
    pub place: Text,
}

/// 无偿取得或建成 An asset comes without being bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssetReceived {
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 类别 What it is
    pub class: ReceivedClass,
    pub amount: Money,
    /// 来源 How it came
    pub how: HowReceived,
    /// 来源 The giver, or the work that was finished.
    pub from: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReceivedClass {
    /// 固定资产
    FixedAsset,
    /// 无形资产
    IntangibleAsset,
}

impl ReceivedClass {
    #[must_use]
    pub fn class(self) -> Acquisition {
        match self {
            ReceivedClass::FixedAsset => Acquisition::FixedAsset,
            ReceivedClass::IntangibleAsset => Acquisition::IntangibleAsset,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HowReceived {
    /// 接受捐赠
    Donated,
    /// 无偿调入
    TransferredIn,
    /// 在建工程完工交付使用
    Built,
}

/// 计提折旧 What the accountant says: this month, for all assets at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordDepreciation {
    pub month: Month,
}

/// 折旧、摊销 A month's wear of assets of one class and one fund. A long list is several records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Depreciated {
    /// The last day of the month.
    pub date: Day,
    pub month: Month,
    /// Which of the records of this command it is, from 1.
    pub part: u32,
    pub parts: u32,
    pub fund: FundId,
    pub class: Acquisition,
    pub lines: Vec<DepreciatedLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DepreciatedLine {
    pub asset: AssetId,
    pub amount: Money,
}

impl Depreciated {
    #[must_use]
    pub fn total(&self) -> Money {
        Money::sum(self.lines.iter().map(|line| line.amount))
    }
}

/// 处置 What the accountant says: this asset goes, by this approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisposeAsset {
    pub date: Day,
    pub asset: AssetId,
    /// 处置方式 How it goes
    pub how: HowDisposed,
    /// 价款 Of a sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proceeds: Option<Money>,
    /// 收款方式 Cash or bank
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<Till>,
    /// 批准文件 The approval, or the report on what was found.
    pub basis: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HowDisposed {
    /// 出售
    Sold,
    /// 对外捐赠
    Donated,
    /// 无偿调出
    TransferredOut,
    /// 报废: waits on 182 for its approval.
    Scrapped,
    /// 毁损或丢失: waits on 182 for its approval.
    Lost,
    /// 一次性转销 Of a long-term prepaid expense that is of no more use.
    WrittenOff,
}

impl HowDisposed {
    /// Whether it goes through 待处理财产损溢 until it is approved (财会〔2021〕7号, 182).
    #[must_use]
    pub fn waits(self) -> bool {
        match self {
            HowDisposed::Scrapped | HowDisposed::Lost => true,
            HowDisposed::Sold
            | HowDisposed::Donated
            | HowDisposed::TransferredOut
            | HowDisposed::WrittenOff => false,
        }
    }

    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            HowDisposed::Sold => ("出售", "sold"),
            HowDisposed::Donated => ("对外捐赠", "donated"),
            HowDisposed::TransferredOut => ("无偿调出", "transferred out"),
            HowDisposed::Scrapped => ("报废", "scrapped"),
            HowDisposed::Lost => ("毁损丢失", "lost"),
            HowDisposed::WrittenOff => ("转销", "written off"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// The same, with what stood on the card that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Disposed {
    pub date: Day,
    pub asset: AssetId,
    pub fund: FundId,
    pub class: Acquisition,
    /// 账面余额
    pub cost: Money,
    /// 已计提折旧
    pub worn: Money,
    pub how: HowDisposed,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sold: Option<Sale>,
    pub basis: Source,
}

/// 价款
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sale {
    pub proceeds: Money,
    pub into: Till,
}
