//! An act in plain words, for whoever is about to put his name under it: who, what, field by field,
//! and the record that it acts on.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::table::pick;
use crate::chain::act::Statement;
use crate::event::{Fact, Recorded};
use crate::lang::Lang;

/// What is said of a thing, in Chinese and English.
type Words = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const FACTS: &[Words] = &[
    ("ledger.created", "建账", "the book begins"),
    ("officer.appointed", "任命", "an officer is appointed"),
    ("officer.removed", "免职", "an officer is removed"),
    ("relation.declared", "声明关系", "a relation is declared"),
    ("relation.ended", "解除关系", "a relation has ended"),
    ("substitute.named", "代理审批", "a substitute approves"),
    ("handover.recorded", "工作交接", "an office is handed over"),
    ("handover.listed", "移交清册", "the list of a handover"),
    ("rule.set", "制度规定", "a rule is set"),
    ("disbursement.requested", "用款申请", "a disbursement is requested"),
    ("approval.given", "批准支出", "a disbursement is approved"),
    ("approval.refused", "不批准支出", "a disbursement is refused"),
    ("adjustment.recorded", "审计调整", "an audit adjustment"),
    ("officer_key.registered", "登记签名公钥", "a key to sign with is registered"),
    ("key.rotated", "更换账套密钥", "the log key is replaced"),
    ("witness.changed", "更换见证人", "another witnesses' policy is agreed"),
    ("period.closed", "月末结账", "a month is closed"),
    ("period.reopened", "重新开账", "a closed month is opened again"),
    ("finding.raised", "审计发现", "a finding is raised"),
    ("finding.cleared", "审计发现销号", "a finding is cleared"),
    ("audit.concluded", "审计意见", "an audit is concluded"),
    ("disclosure.published", "公示", "something is posted for the members"),
    ("audit.opened", "审计立项", "an audit is opened"),
    ("sample.drawn", "抽样", "a sample is drawn"),
    ("finding.assigned", "落实整改责任", "a finding is assigned"),
    ("rectification.reported", "整改情况", "a rectification is reported"),
    ("audit.reported", "审计报告", "an audit is reported"),
    ("act.signed", "签名", "an act is signed"),
    ("opening.recorded", "期初余额", "opening balances"),
    ("group.defined", "设立工会小组", "a group is defined"),
    ("member.enrolled", "入会", "a member is enrolled"),
    ("dues_base.set", "会费基数", "a dues base is set"),
    ("member.transferred", "调组", "a member changes the group"),
    ("member.left", "离会", "a member leaves"),
    ("dues.received", "收会费", "dues are received"),
    ("member.arrived", "转入", "a member arrives"),
    ("member.departed", "转出", "a member departs"),
    ("dues_terms.set", "缴费办法", "the terms of a member's dues are set"),
    ("dues.waived", "减免会费", "dues are waived"),
    ("dues_waiver.cancelled", "撤销减免", "a waiver of dues is cancelled"),
    ("dues.refunded", "退会费", "dues are given back"),
    ("receipt_stock.received", "领购票据", "a book of receipts comes in"),
    ("paper_receipt.issued", "开具票据", "a paper receipt is issued"),
    ("paper_receipt.voided", "票据作废", "a paper receipt is voided"),
    ("payroll.declared", "申报工资总额", "a payroll is declared"),
    ("allocation.received", "收拨缴经费", "the allocation is received"),
    ("remittance.paid", "上解经费", "a remittance is paid"),
    ("allocation.collected", "收缴经费", "the allocation is collected"),
    ("preparation_fund.received", "收建会筹备金", "a preparation fund is received"),
    ("preparation_fund.settled", "结转筹备金", "a preparation fund is divided"),
    ("passdown.paid", "拨付下级", "a lower union is paid what it is owed"),
    ("accrual.recorded", "年末计提", "a year-end accrual is recorded"),
    ("accrual.settled", "收回应收", "an accrual is settled"),
    ("payer.registered", "登记缴费单位", "a payer is registered"),
    ("payer_union.founded", "建会", "a payer has a union"),
    ("payer_payroll.declared", "缴费单位申报工资总额", "a payer's payroll is declared"),
    ("dues_standing.opened", "期初缴费情况", "how a member's dues stood"),
    ("payroll.corrected", "更正工资总额", "a payroll is corrected"),
    ("tax_list.recorded", "税务代收清单", "a tax list is recorded"),
    ("demand.issued", "催缴", "arrears are demanded"),
    ("demand.advanced", "催缴进展", "a demand goes on"),
    ("subsidy.received", "收补助", "a subsidy is received"),
    ("donation.received", "收捐款", "a donation is received"),
    ("interest.received", "收利息", "interest is received"),
    ("other_income.received", "其他收入", "other income is received"),
    ("disbursement.paid", "付款", "a disbursement is paid"),
    ("disbursement.cancelled", "撤销申请", "a request is withdrawn"),
    ("fund.established", "设立资金", "a fund is established"),
    ("fund.transferred", "划转资金", "money moves between funds"),
    ("cash.drawn", "提现", "cash is drawn"),
    ("cash.deposited", "存现", "cash is deposited"),
    ("carry_forward.recorded", "期末结转", "results are carried forward"),
    ("year.closed", "年末结账", "a year is closed"),
    ("entry.reversed", "红字冲销", "an entry is reversed"),
    ("prior_year.corrected", "以前年度更正", "an earlier year is corrected"),
    ("benefit_remainder.returned", "退回未领款", "unclaimed benefits came back"),
    ("welfare_item.defined", "设立福利事项", "a welfare item is defined"),
    ("member_traits.recorded", "登记会员情况", "what benefits need to know of a member"),
    ("benefit.listed", "福利名册", "the list of a benefit"),
    ("visit.made", "走访慰问", "a visit is made"),
    ("visit.withdrawn", "撤回走访", "a visit is withdrawn"),
    ("benefit.distributed", "发放签收", "a benefit is signed for"),
    ("case.opened", "建档", "a hardship case is opened"),
    ("case.reviewed", "复核", "a hardship case is reviewed"),
    ("case.closed", "撤档", "a hardship case is closed"),
    ("aid.applied", "申请帮扶", "aid is applied for"),
    ("aid.reviewed", "审核帮扶", "an application is reviewed"),
    ("notice.posted", "公示", "applications are put on notice"),
    ("aid.objected", "提出异议", "somebody objects to an application"),
    ("objection.answered", "处理异议", "an objection is answered"),
    ("aid.requested", "帮扶用款", "the money of aid is requested"),
    ("drive.opened", "发起募捐", "a drive is opened"),
    ("drive_gifts.listed", "捐款名册", "the donors of a drive are listed"),
    ("drive_goods.received", "收捐物", "goods are given to a drive"),
    ("drive_goods.given", "发放捐物", "goods of a drive are handed on"),
    ("drive_goods.withdrawn", "撤销捐物登记", "a record of goods of a drive is withdrawn"),
    ("drive.closed", "结束募捐", "a drive is closed"),
    ("scheme.opened", "设立互助保障", "a mutual-aid scheme is opened"),
    ("cover.listed", "保障名册", "people are covered"),
    ("claim.opened", "申请给付", "a claim is opened"),
    ("claim.decided", "核定给付", "a claim is decided"),
    ("claims.requested", "给付用款", "the money of claims is requested"),
    ("entry.corrected", "蓝字订正", "a voucher stands for a reversed one"),
    ("note.written", "附注", "a note to the statements is written"),
    ("privacy.committed", "登记个人信息", "private fields are committed to"),
    ("privacy.opened", "查阅个人信息", "private fields are shown"),
    ("privacy.erased", "删除个人信息", "private fields are erased"),
    ("attachment.added", "附件", "a paper is added"),
    ("import.recorded", "文件导入", "a file is imported"),
    ("receipt.issued", "收据", "a receipt is issued"),
    ("fund.released", "结余性质的结转", "a part of a fund is surplus"),
    ("fund.limited", "限定用途", "a fund is limited to its purpose"),
    ("fiscal_fund.marked", "标明财政拨款", "a fund is the treasury's money"),
    ("fund.closed", "专项完结", "a fund is closed"),
    ("budget.adopted", "下达预算", "a budget is adopted"),
    ("budget.adjusted", "调整预算", "a budget is adjusted"),
    ("vouchers.reviewed", "稽核", "vouchers are reviewed"),
    ("income.received", "收款", "income received"),
    ("custodial_project.opened", "设立代管项目", "a custodial project opened"),
    ("custodial.received", "收代管经费", "custodial money received"),
    ("custodial.paid", "付代管经费", "custodial money paid"),
    ("project.opened", "设立项目", "a project opened"),
    ("disbursement.analysed", "支出分析", "spending analysed"),
    ("advance.opened", "期初借款", "an advance taken over"),
    ("advance.settled", "借款报销", "an advance settled"),
    ("journal.recorded", "转账凭证", "a general voucher"),
    ("cash.counted", "现金盘点", "cash counted"),
    ("cash_difference.recorded", "现金长短款", "a difference of cash"),
    ("cash_difference.resolved", "处理长短款", "a difference of cash resolved"),
    ("bank_statement.recorded", "银行对账单", "a bank statement"),
    ("bank_line.recorded", "对账单明细", "lines of a bank statement"),
    ("bank_statement.withdrawn", "撤销对账单", "a bank statement withdrawn"),
    ("bank.matched", "勾对", "bank lines matched"),
    ("bank.unmatched", "取消勾对", "a matching undone"),
    ("bank.reconciled", "银行存款余额调节表", "the bank reconciled"),
    ("asset.received", "无偿取得资产", "an asset is received"),
    ("asset.carded", "资产建卡", "an asset gets its card"),
    ("asset.moved", "资产移交", "an asset is handed over"),
    ("asset.depreciated", "计提折旧", "assets are depreciated"),
    ("asset.disposed", "资产处置", "an asset is disposed of"),
    ("supply.carded", "物品建卡", "an item gets its card"),
    ("supplies.stored", "物品入库", "supplies are stored"),
    ("supplies.received", "受赠物品", "supplies are received"),
    ("supplies.issued", "领用物品", "supplies are issued"),
    ("stocktake.recorded", "盘点", "a stocktake"),
    ("stocktake_difference.recorded", "盘盈盘亏", "a stocktake's difference"),
    ("stocktake_difference.resolved", "待处理财产处理", "what was pending is settled"),
    ("investment.acquired", "购入投资", "an investment is made"),
    ("investment.recovered", "收回投资", "an investment comes back"),
];

#[rustfmt::skip]
const FIELDS: &[Words] = &[
    ("union_share", "工会承担", "the union's share"),
    ("public", "可公开", "public"),
    ("account", "科目", "account"),
    ("acquires", "购置", "acquires"),
    ("amount", "金额", "amount"),
    ("any_order", "可不按号次序", "in any order"),
    ("bands", "审批权限", "approval bands"),
    ("basis", "依据", "basis"),
    ("basis_points", "基点", "basis points"),
    ("bytes_max", "最大字节数", "longest, bytes"),
    ("contribution", "每人缴费", "contribution"),
    ("credit", "贷方", "credit"),
    ("custodial", "代管", "custodial"),
    ("daily", "按日给付", "daily"),
    ("days", "天数", "days"),
    ("outstanding_days", "长期未达天数", "days after which an item is long outstanding"),
    ("days_off", "放假日", "days off"),
    ("days_worked", "调休上班日", "days worked"),
    ("exact", "定额", "exactly"),
    ("from_day", "自第几天起", "from which day"),
    ("item", "事项", "item"),
    ("items", "事项", "items"),
    ("least", "起付", "at least"),
    ("months_unpaid_max", "最多欠缴月数", "months unpaid at most"),
    ("most_in_year", "每年封顶", "at most in a year"),
    ("pairs", "成对的职务", "pairs of offices"),
    ("per", "计量", "counted by"),
    ("scheme", "互助保障", "scheme"),
    ("terms", "办法", "terms"),
    ("waiting_days", "等待期", "waiting days"),
    ("working_days", "工作日", "working days"),
    ("years", "年数", "years"),
    ("refuse", "如何处理", "what becomes of it"),
    ("date", "日期", "day"),
    ("debit", "借方", "debit"),
    ("disbursement", "支出编号", "disbursement"),
    ("due", "整改期限", "put right by"),
    ("finding", "审计发现编号", "finding"),
    ("by", "代理人或增减额", "by"),
    ("resolution", "决议", "resolution"),
    ("first", "起（首月或首日）", "first"),
    ("from", "自", "from"),
    ("fund", "资金", "fund"),
    ("key", "公钥", "key"),
    ("last", "止（末月或末日）", "last"),
    ("lines", "分录", "lines"),
    ("member", "会员", "member"),
    ("month", "月份", "month"),
    ("name", "名称", "name"),
    ("new", "新密钥", "new key"),
    ("officer", "经办人", "officer"),
    ("old", "原密钥", "old key"),
    ("on", "于", "on"),
    ("opinion", "意见", "opinion"),
    ("organisation", "单位", "organisation"),
    ("owner", "责任人", "answers for it"),
    ("payee", "收款人", "payee"),
    ("payroll_basis_points", "工资总额的基点", "basis points of the payroll"),
    ("people", "人数", "people"),
    ("policy", "见证规则", "witnesses' policy"),
    ("policy_sha256", "见证规则的 SHA-256", "SHA-256 of the policy"),
    ("proof_new", "新密钥的证明", "the new key's proof"),
    ("proof_old", "原密钥的证明", "the old key's proof"),
    ("purpose", "用途", "purpose"),
    ("reason", "理由", "reason"),
    ("records", "所涉记录", "records"),
    ("required_above", "超过此金额须附件", "papers required above"),
    ("roles", "职务", "offices"),
    ("roster", "名册", "roster"),
    ("rule", "规定", "rule"),
    ("says", "说明", "says"),
    ("asks", "整改要求", "asks"),
    ("source", "来源", "source"),
    ("step", "计费单位", "counted in steps of"),
    ("types", "须签名事项", "what has to be signed"),
    ("up_basis_points", "上解基点", "basis points that go up"),
    ("up_to", "金额至", "up to"),
    ("vouchers", "凭证数", "vouchers"),
    ("adjustments_per_year", "每年可调整次数", "adjustments a year"),
    ("late_days", "迟记天数", "days late"),
    ("round_sum", "整数标准", "round sum"),
    ("hours_first", "正常时间自", "usual hours from"),
    ("hours_last", "正常时间至", "usual hours until"),
    ("without", "无预算支出", "spending without a budget"),
    ("above", "超预算支出", "spending above the budget"),
    ("checks", "结账检查", "checks before closing"),
    ("required", "是否必须", "required"),
    ("settle_within_days", "报销期限（日）", "days to settle in"),
    ("settlement_from", "转账起点", "through the bank from"),
    ("till_max", "库存现金限额", "cash limit"),
    ("no_spending_from_receipts", "不得坐支", "no spending from receipts"),
    ("analysis", "支出分析", "analysis"),
    ("nature", "支出性质", "nature"),
    ("project", "项目", "project"),
    ("economic", "经济分类", "economic class"),
    ("shares", "分成比例", "shares"),
    ("channel", "收缴方式", "came by"),
    ("own_basis_points", "留成基点", "basis points that stay"),
    ("down_basis_points", "转拨下级基点", "basis points passed down"),
    ("remainder", "余数归", "the remainder goes to"),
    ("year_due_max", "全年应缴上限", "at most in a year"),
    ("through", "至", "through"),
    ("basis_points_per_day", "每日基点", "basis points a day"),
    ("cap_basis_points", "上限基点（0 为不限）", "at most, basis points of the principal, 0 for no limit"),
    ("by_day", "次月第几日前", "by this day of the next month"),
    ("place", "地点", "place"),
    ("contact", "联系", "whom to ask"),
    ("day_of_month", "次月第几日", "day of the next month"),
    ("at_least", "不低于（月）", "at least, months"),
    ("at_most", "不超过（月）", "at most, months"),
    ("general", "通用设备", "general equipment"),
    ("lives", "折旧年限", "lives"),
    ("special", "专用设备", "special equipment"),
    // The categories of assets, by which a rule says their lives.
    ("building_steel", "房屋（钢结构）", "building, steel"),
    ("building_concrete", "房屋（钢筋混凝土结构）", "building, reinforced concrete"),
    ("building_brick_concrete", "房屋（砖混结构）", "building, brick and concrete"),
    ("building_brick_wood", "房屋（砖木结构）", "building, brick and wood"),
    ("building_simple", "简易房", "simple building"),
    ("building_facilities", "房屋附属设施", "facilities of a building"),
    ("structure", "构筑物", "structure"),
    ("computer", "计算机设备", "computers"),
    ("office", "办公设备", "office equipment"),
    ("vehicle", "车辆", "vehicles"),
    ("archives", "图书档案设备", "library and archive equipment"),
    ("machinery", "机械设备", "machinery"),
    ("electrical", "电气设备", "electrical equipment"),
    ("radar", "雷达、无线电和卫星导航设备", "radar, radio and navigation"),
    ("telecom", "通信设备", "telecommunication"),
    ("broadcasting", "广播、电视、电影设备", "radio, television and film"),
    ("instruments", "仪器仪表", "instruments"),
    ("electronic_measuring", "电子和通信测量设备", "electronic measuring"),
    ("metrology", "计量标准器具及量具、衡器", "measures and scales"),
    ("food", "食品加工专用设备", "food processing"),
    ("textile", "纺织设备", "textile equipment"),
    ("sewing", "缝纫、服饰、制革和毛皮加工设备", "sewing and leather"),
    ("medical", "医疗设备", "medical equipment"),
    ("safety", "安全生产设备", "work safety equipment"),
    ("environmental", "环境污染防治设备", "pollution control"),
    ("arts", "文艺设备", "arts equipment"),
    ("sports", "体育设备", "sports equipment"),
    ("entertainment", "娱乐设备", "entertainment equipment"),
    ("furniture", "家具", "furniture"),
    ("utensils", "用具、装具", "utensils"),
    ("relics", "文物和陈列品", "relics and exhibits"),
    ("books", "图书、档案", "books and archives"),
    ("animals_plants", "动植物", "animals and plants"),
    ("land", "土地", "land"),
    ("software", "软件", "software"),
    ("rights", "专利、土地使用权等无形资产", "patents, land use and other rights"),
    ("prepaid", "长期待摊费用", "long-term prepaid expenses"),
];

/// Values that are chosen from a list, and so are words of the program.
#[rustfmt::skip]
const VALUES: &[Words] = &[
    ("privacy_classes", "个人信息分级", "classes of private data"),
    ("aid_needs_case", "依档帮扶", "aid on a case"),
    ("benefit_dues", "福利与会费", "benefits and dues"),
    ("benefit_proof", "福利凭据", "proof of benefits"),
    ("benefit_schedule", "福利标准", "the schedule of benefits"),
    ("drive_holding", "捐款管理", "gifts of drives"),
    ("holidays", "节假日安排", "holidays"),
    ("mutual_aid_terms", "互助保障办法", "the terms of mutual aid"),
    ("notice_days", "公示期", "days of public notice"),
    ("person_day", "每人每天", "a person and day"),
    ("person_year", "每人每年", "a person and year"),
    ("split_watch", "拆分付款", "split payments"),
    ("approval_expiry", "审批有效期", "the expiry of approvals"),
    ("incompatible_offices", "不相容职务", "incompatible offices"),
    ("office_terms", "任期", "terms of office"),
    ("chair", "主席", "chair"),
    ("time", "每人每次", "each time"),
    ("vice_chair", "副主席", "vice-chair"),
    ("committee", "委员", "committee member"),
    ("finance_head", "财务负责人", "head of finance"),
    ("accountant", "会计", "accountant"),
    ("cashier", "出纳", "cashier"),
    ("clerk", "经办人", "clerk"),
    ("audit_chair", "经审会主任", "audit committee chair"),
    ("audit_member", "经审委员", "audit committee member"),
    ("unqualified", "无保留意见", "unqualified"),
    ("qualified", "保留意见", "qualified"),
    ("adverse", "否定意见", "adverse"),
    ("disclaimed", "无法表示意见", "disclaimed"),
    ("fixed_asset", "固定资产", "a fixed asset"),
    ("supplies", "库存物品", "supplies"),
    ("construction", "在建工程", "construction"),
    ("intangible_asset", "无形资产", "an intangible asset"),
    ("prepaid", "长期待摊费用", "a long-term prepaid expense"),
    ("asset_thresholds", "固定资产标准", "the standard of fixed assets"),
    ("asset_lives", "折旧年限", "the lives of assets"),
    ("dues_rate", "会费标准", "the rate of dues"),
    ("dues_flat", "会费定额", "flat dues"),
    ("receipt_order", "票据用号次序", "the order of receipt numbers"),
    ("allocation_split", "经费分成", "the split of the allocation"),
    ("approval_bands", "审批权限", "approval by amount"),
    ("acts_signed", "须签名事项", "what has to be signed"),
    ("attachments", "附件", "papers"),
    ("budget_control", "预算控制", "control of the budget"),
    ("refuse", "禁止", "refused"),
    ("warn", "提示", "warned of"),
    ("allow", "允许", "allowed"),
    ("monthly_notice", "按月公示", "the monthly notice"),
    ("closing_checks", "结账检查", "checks before closing"),
    ("vouchers_reviewed", "凭证已稽核", "vouchers reviewed"),
    ("trial_balance", "试算平衡", "trial balance"),
    ("control_totals", "控制总数相符", "control totals"),
    ("tills_not_negative", "货币资金不为负", "no till below nothing"),
    ("cash_counted", "库存现金已盘点", "cash counted"),
    ("bank_reconciled", "银行存款已对账", "bank reconciled"),
    ("asset_fund", "资产基金与资产相符", "asset fund equals assets"),
    ("depreciation_recorded", "折旧已计提", "depreciation recorded"),
    ("custodial", "代管经费与代管资金相符", "custodial money is all there"),
    ("requests_ended", "用款申请已办结", "requests ended"),
    ("budget_kept", "支出未超预算", "budget kept"),
    ("notices_posted", "应公示月份已公示", "notices posted"),
    ("suspense_nil", "待处理财产损溢已处理", "nothing in suspense"),
    ("advances_settled", "借款已结清", "advances settled"),
    ("benefits_settled", "名册已结清", "lists settled"),
    ("spending_analysis", "支出分析", "the analysis of spending"),
    ("advances", "借款", "advances"),
    ("cash_limits", "现金管理", "cash limits"),
    ("basic", "基本支出", "basic spending"),
    ("project", "项目支出", "project spending"),
    ("allocation_shares", "经费分成比例", "the shares of the allocation"),
    ("preparation_shares", "筹备金分成比例", "the shares of preparation funds"),
    ("small_payer_refund", "小额缴费返还", "the refund to small payers"),
    ("late_fee", "滞纳金", "the late fee"),
    ("remittance_due", "上解期限", "the day of remittance"),
    ("audit_thresholds", "审计提示标准", "audit thresholds"),
    ("bank_matching", "银行对账", "matching with the bank"),
    ("tax_bureau", "税务代收", "the tax bureau"),
    ("treasury", "财政划拨", "the treasury"),
    ("passed_down", "上级转拨", "the superior"),
    ("lower_remittance", "下级上缴", "lower unions"),
    ("own", "留成", "what stays"),
    ("up", "上解", "what goes up"),
    ("down", "转拨下级", "what is passed down"),
];

/// Fields of which the values are in [`VALUES`]; elsewhere a text is a person's own.
const CHOSEN: &[&str] = &[
    "roles",
    "opinion",
    "acquires",
    "name",
    "types",
    "without",
    "above",
    "checks",
    "nature",
    "channel",
    "remainder",
];

/// Who says what, and of which record.
#[must_use]
pub fn act(statement: &Statement, lang: Lang) -> String {
    let Statement { origin, officer, on, fact, .. } = statement;
    let mut text = match lang {
        Lang::Zh => format!("账套 {origin}\n签名人 {officer}\n事项 {}\n", titled(fact, lang)),
        Lang::En => format!("book {origin}\nsigned by {officer}\nact {}\n", titled(fact, lang)),
    };
    text.push_str(&fields_of(fact, lang));
    let acted_on = pick(lang, "针对记录", "about record");
    writeln!(text, "{acted_on} {on}").ok();
    text
}

/// The record that is acted on.
#[must_use]
pub fn acted_on(record: &Recorded, lang: Lang) -> String {
    let Recorded { seq, at, actor, fact, .. } = record;
    let title = titled(fact, lang);
    let head = match lang {
        Lang::Zh => format!("记录 {seq}：{title}，{actor} 于 {at} 记\n"),
        Lang::En => format!("record {seq}: {title}, by {actor} at {at}\n"),
    };
    head + &fields_of(fact, lang)
}

fn titled(fact: &Fact, lang: Lang) -> String {
    let kind = fact.kind();
    format!("{} ({kind})", word(FACTS, kind, lang).unwrap_or_default())
}

fn fields_of(fact: &Fact, lang: Lang) -> String {
    let body = fact.to_body(None).unwrap_or_default();
    fields(&body, 1, lang)
}

/// A line a field; what is inside a field stands under it, further in.
fn fields(object: &Map<String, Value>, depth: usize, lang: Lang) -> String {
    let mut text = String::new();
    let margin = "  ".repeat(depth);
    for (name, value) in object {
        let title = word(FIELDS, name, lang).unwrap_or(name);
        let inner = depth.saturating_add(1);
        match value {
            Value::Object(inside) => {
                write!(text, "{margin}{title}\n{}", fields(inside, inner, lang)).ok();
            }
            Value::Array(items) if items.iter().any(Value::is_object) => {
                for (place, item) in (1..).zip(items.iter().filter_map(Value::as_object)) {
                    write!(text, "{margin}{title} {place}\n{}", fields(item, inner, lang)).ok();
                }
            }
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| plain(name, item, lang)).collect();
                let and = pick(lang, "、", ", ");
                writeln!(text, "{margin}{title}: {}", items.join(and)).ok();
            }
            // A policy has lines of its own, each of them further in.
            Value::String(lines) if lines.contains('\n') => {
                writeln!(text, "{margin}{title}:").ok();
                for line in lines.lines() {
                    writeln!(text, "{margin}  {}", quoted(line)).ok();
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                writeln!(text, "{margin}{title}: {}", plain(name, value, lang)).ok();
            }
        }
    }
    text
}

fn plain(field: &str, value: &Value, lang: Lang) -> String {
    match value {
        Value::String(text) if CHOSEN.contains(&field) => {
            let word = word(VALUES, text, lang).or_else(|| word(FACTS, text, lang));
            word.map_or_else(|| quoted(text), |word| format!("{word} ({text})"))
        }
        Value::String(text) => quoted(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            value.to_string()
        }
    }
}

/// A number, a day, a key or a name in letters stands as it is; whatever else a person has written is
/// quoted, and runs of spaces are one: words that are pushed to where a line would begin look like a
/// line of the program's own.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/+=@".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split(is_blank).filter(|word| !word.is_empty()).collect();
    format!("\"{}\"", words.join(" ").replace('\\', "\\\\").replace('"', "\\\""))
}

/// Spaces, and the letters that look like one.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}')
}

fn word(words: &'static [Words], name: &str, lang: Lang) -> Option<&'static str> {
    let (_, zh, en) = words.iter().find(|(known, ..)| *known == name)?;
    Some(pick(lang, zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Command;

    /// The names of all fields of a schema, and of all values that are chosen from a list.
    fn named(schema: &Value, fields: &mut Vec<String>, values: &mut Vec<String>) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            fields.extend(properties.keys().cloned());
        }
        let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
        values.extend(listed.chain(schema.get("const")).filter_map(|v| Some(v.as_str()?.into())));
        match schema {
            Value::Object(inner) => inner.values().for_each(|v| named(v, fields, values)),
            Value::Array(inner) => inner.iter().for_each(|v| named(v, fields, values)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    #[test]
    fn what_a_person_wrote_is_quoted_and_forges_no_line() {
        let forged = json(r#"{"purpose": "慰问           金额: 1.00", "amount": "9.00"}"#);
        assert_eq!(fields(&forged, 1, Lang::Zh), "  金额: 9.00\n  用途: \"慰问 金额: 1.00\"\n");
        let ended = json(r#"{"reason": "a\" \n  \u3000b"}"#);
        assert_eq!(fields(&ended, 1, Lang::En), "  reason:\n    \"a\\\"\"\n    \"b\"\n");
    }

    fn json(text: &str) -> Map<String, Value> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn every_fact_has_its_title_once() {
        let titled: Vec<&str> = FACTS.iter().map(|(kind, ..)| *kind).collect();
        let times = |kind: &str| titled.iter().filter(|known| **known == kind).count();
        let wrong: Vec<&&str> = Fact::NAMES.iter().filter(|kind| times(kind) != 1).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(titled.len(), Fact::NAMES.len());
    }

    #[test]
    fn whoever_signs_reads_every_field_in_his_own_language() {
        let mut commands = Command::names_to_sign();
        assert_eq!(commands.len(), 14);
        commands.push("disbursement.request");
        let mut missing = Vec::new();
        for command in commands {
            let schema = Value::from(Command::schema(command).unwrap());
            let (mut fields, mut values) = (Vec::new(), Vec::new());
            named(&schema, &mut fields, &mut values);
            fields.retain(|field| word(FIELDS, field, Lang::Zh).is_none());
            values.retain(|value| word(VALUES, value, Lang::Zh).is_none());
            values.retain(|value| word(FACTS, value, Lang::Zh).is_none());
            missing.extend(fields.into_iter().chain(values));
        }
        assert!(missing.is_empty(), "{missing:?}");
    }
}
