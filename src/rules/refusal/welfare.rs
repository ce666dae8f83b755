//! Welfare: benefits, visits, aid.

family! {
    ($) welfare
    WelfareItemUnknown { item: WelfareItemId } = "W01", "工会经费支出管理办法",
        zh "没有福利事项 {item}", en "there is no welfare item {item}",
        next "mingzhang record welfare_item.define --help";
    ChildrenWithoutAge { item: WelfareItemId } = "W02", "工会经费支出管理办法",
        zh "福利事项 {item}：以子女为条件的，须且只须写明年龄 (children_under)",
        en "the welfare item {item} asks for children exactly where it says under which age (children_under)",
        next "mingzhang record welfare_item.define --help";
    ScheduleTwice { item: WelfareItemId } = "W03", "工会经费支出管理办法",
        zh "福利标准中 {item} 的同一计量写了两次", en "the schedule holds {item} twice by the same measure",
        next "mingzhang schema command rule.set";
    BornLater { member: MemberId, born: Month, today: Month } = "W04", "工会经费支出管理办法",
        zh "会员 {member} 的子女出生年月 {born} 晚于本月 {today}",
        en "a child of the member {member} is born in {born}, after this month, {today}",
        next "mingzhang record member_traits.record --help";
    ListDiffers { declared_people: u32, declared: Money, people: u32, total: Money, people_apart: u32, apart: Money } =
        "W05", "会计基础工作规范 Art. 51 (名册与实付核对)",
        zh "申报 {declared_people} 人 {declared}，名册为 {people} 人 {total}，相差 {people_apart} 人 {apart}",
        en "{declared_people} people and {declared} were declared, and the list comes to {people} and {total}: {people_apart} people and {apart} apart",
        next "mingzhang record benefit.request --help";
    ListedTwice { to: Beneficiary } = "W06", "会计基础工作规范 Art. 51 (名册与实付核对)",
        zh "名册中 {to} 出现两次", en "{to} stands on the list twice",
        next "mingzhang record benefit.request --help";
    TimesWrong { to: Beneficiary, times: u32 } = "W07", "工会经费支出管理办法",
        zh "{to} 的次数 {times} 有误：1 至 366", en "{to} gets it {times} times; 1 to 366 was expected",
        next "mingzhang record benefit.request --help";
    NotAMember { item: WelfareItemId, to: Beneficiary } = "W08", "总工办发〔2017〕32号",
        zh "福利事项 {item} 只发会员，{to} 不是会员", en "{item} is for members alone, and {to} is none",
        next "mingzhang report membership";
    NotEligibleMember { item: WelfareItemId, member: MemberId, on: Day } = "W09", "总工办发〔2017〕32号",
        zh "福利事项 {item} 只发会员，{member} 在 {on} 不是会员",
        en "{item} is for members, and {member} is none on {on}",
        next "mingzhang report membership";
    NotEligibleWorking { item: WelfareItemId, member: MemberId, on: Day } = "W10", "总工办发〔2017〕32号",
        zh "福利事项 {item} 只发在职会员，{member} 在 {on} 不是",
        en "{item} is for working members, and {member} is none on {on}",
        next "mingzhang report membership";
    NotEligibleWoman { item: WelfareItemId, member: MemberId } = "W11", "总工办发〔2017〕32号",
        zh "福利事项 {item} 只发女会员，{member} 未登记为女会员",
        en "{item} is for women, and {member} is not recorded as one",
        next "mingzhang record member_traits.record --member {member} --woman true";
    TooFewChildren { item: WelfareItemId, member: MemberId, under: u32, children: u32, times: u32 } =
        "W12", "总工办发〔2017〕32号",
        zh "福利事项 {item}：会员 {member} 登记的未满 {under} 岁子女为 {children} 名，名册为 {times} 名",
        en "{item}: the member {member} has {children} recorded children under {under}, and the list says {times}",
        next "mingzhang record member_traits.record --help";
    DuesUnpaid { item: WelfareItemId, member: MemberId, unpaid: u32, most: u32 } = "W13", "皖工发〔2025〕18号",
        zh "福利事项 {item} 须缴清会费：会员 {member} 欠缴 {unpaid} 个月，至多可欠 {most} 个月",
        en "{item} wants dues paid: the member {member} owes {unpaid} months, and at most {most} may be owed",
        next "mingzhang report arrears";
    AboveCap { item: WelfareItemId, to: Beneficiary, per: Per, most: Money, before: Money, asked: Money, over: Money } =
        "W14", "总工办发〔2017〕32号 and the book's own schedule",
        zh "福利事项 {item} {per}至多 {most}：{to} 已有 {before}，本次 {asked}，超出 {over}",
        en "{item} is at most {most} {per}: {to} has {before} and is to get {asked}, which is {over} too much",
        next "mingzhang record rule.set --help";
    NotTheRate { item: WelfareItemId, to: Beneficiary, rate: Money, asked: Money } =
        "W15", "总工办发〔2017〕32号 and the book's own schedule",
        zh "福利事项 {item} 定额为 {rate}，{to} 本次 {asked}", en "{item} is exactly {rate}, and {to} is to get {asked}",
        next "mingzhang record rule.set --help";
    NoListBehind { disbursement: DisbursementId } = "W16", "工会经费支出管理办法",
        zh "用款 {disbursement} 没有名册", en "there is no list behind the disbursement {disbursement}",
        next "mingzhang record benefit.request --help";
    NotPaidYet { disbursement: DisbursementId } = "W17", "工会经费支出管理办法",
        zh "用款 {disbursement} 尚未付款，不能签收", en "the disbursement {disbursement} is not paid yet, so nobody can have signed for it",
        next "mingzhang record disbursement.pay --disbursement {disbursement} --date DATE --from cash";
    NotWaiting { disbursement: DisbursementId, to: Beneficiary } = "W18", "工会经费支出管理办法",
        zh "{to} 不在用款 {disbursement} 待签收的名册中", en "{to} is not waiting on the list of {disbursement}",
        next "mingzhang log --type benefit.listed";
    RemainderReturnedAlready { disbursement: DisbursementId, by: Seq } = "W19", "工会经费支出管理办法",
        zh "用款 {disbursement} 的未领款已由记录 {by} 退回", en "what was unclaimed of {disbursement} came back by record {by}",
        next "mingzhang show {by}";
    NothingUnclaimed { disbursement: DisbursementId } = "W20", "工会经费支出管理办法",
        zh "用款 {disbursement} 没有未领款", en "nothing of {disbursement} is unclaimed",
        next "mingzhang record benefit.distribute --help";
    RemainderOfClosedYear { disbursement: DisbursementId, seq: Seq, year: FiscalYear } = "W21", "财会〔2021〕7号, 321, 322 (年初余额调整)",
        zh "用款 {disbursement} 于 {year} 年付出，该年已结账：未领款按以前年度更正收回",
        en "{disbursement} was paid in {year}, which is closed: what is unclaimed is taken in as a correction of an earlier year",
        next "mingzhang record prior_year.correct --of {seq} --help";
}
