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
        most today, found born,
        next "mingzhang record member_traits.record --help";
    ListDiffers { declared_people: u32, declared: Money, people: u32, total: Money, people_apart: u32, apart: Money } =
        "W05", "会计基础工作规范 Art. 51 (名册与实付核对)",
        zh "申报 {declared_people} 人 {declared}，名册为 {people} 人 {total}，相差 {people_apart} 人 {apart}",
        en "{declared_people} people and {declared} were declared, and the list comes to {people} and {total}: {people_apart} people and {apart} apart",
        is (people, total), found (declared_people, declared),
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
        most children, found times,
        next "mingzhang record member_traits.record --help";
    DuesUnpaid { item: WelfareItemId, member: MemberId, unpaid: u32, most: u32 } = "W13", "皖工发〔2025〕18号",
        zh "福利事项 {item} 须缴清会费：会员 {member} 欠缴 {unpaid} 个月，至多可欠 {most} 个月",
        en "{item} wants dues paid: the member {member} owes {unpaid} months, and at most {most} may be owed",
        most most, found unpaid,
        next "mingzhang report arrears";
    AboveCap { item: WelfareItemId, to: Beneficiary, per: Per, most: Money, before: Money, asked: Money, over: Money } =
        "W14", "规定: benefit_schedule; 总工办发〔2017〕32号",
        zh "福利事项 {item} {per}至多 {most}：{to} 已有 {before}，本次 {asked}，超出 {over}",
        en "{item} is at most {most} {per}: {to} has {before} and is to get {asked}, which is {over} too much",
        most most.minus(*before), found asked,
        next "mingzhang report benefit-standing --of {item}";
    NotTheRate { item: WelfareItemId, to: Beneficiary, rate: Money, asked: Money } =
        "W15", "规定: benefit_schedule; 总工办发〔2017〕32号",
        zh "福利事项 {item} 定额为 {rate}，{to} 本次 {asked}", en "{item} is exactly {rate}, and {to} is to get {asked}",
        is rate, found asked,
        next "mingzhang record rule.set --help";
    NoListBehind { disbursement: DisbursementId } = "W16", "工会经费支出管理办法",
        zh "用款 {disbursement} 没有名册", en "there is no list behind the disbursement {disbursement}",
        next "mingzhang record benefit.request --help";
    NotPaidYet { disbursement: DisbursementId } = "W17", "工会经费支出管理办法",
        zh "用款 {disbursement} 尚未付款，不能登记签收、退回和走访", en "the disbursement {disbursement} is not paid yet: nobody has signed for it, sent it back or taken it along",
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
    RemainderOfEarlierYear { disbursement: DisbursementId, seq: Seq, year: FiscalYear, date: Day } = "W21", "财会〔2021〕7号, 321, 322 (年初余额调整)",
        zh "用款 {disbursement} 于 {year} 年付出（记录 {seq}），{date} 收回的是以前年度支出：该年结账后按以前年度更正收回",
        en "{disbursement} was paid in {year} by record {seq}, and what comes back on {date} is of an earlier year: once that is closed it is taken in as a correction of it",
        next "mingzhang record prior_year.correct --of {seq} --help";
    StillWaiting { disbursement: DisbursementId, people: u32 } = "W22", "工会经费支出管理办法",
        zh "用款 {disbursement} 还有 {people} 人待签收：先登记签收或未领，再退回未领款",
        en "{people} people on the list of {disbursement} have neither signed nor stayed away: say which before the rest comes back",
        next "mingzhang record benefit.distribute --disbursement {disbursement} --date DATE";
    EverybodyOfAnyone { item: WelfareItemId } = "W23", "工会经费支出管理办法",
        zh "福利事项 {item} 没有发放条件，不能按会员名册生成全体名单：请逐人列出",
        en "{item} asks for nothing, so that no register says who everybody is: write the lines",
        next "mingzhang record welfare_item.define --help";
    FarFromItsYear { item: WelfareItemId, on: Day, first: Day, last: Day } = "W24", "总工办发〔2017〕32号 (标准按年度计算)",
        zh "福利事项 {item} 的事项日期 {on} 须在 {first} 至 {last} 之内",
        en "{item} is for {on}, and its occasion has to be from {first} through {last}",
        next "mingzhang record benefit.request --help";
    ExactByTimeAlone { item: WelfareItemId } = "W25", "工会经费支出管理办法",
        zh "福利标准中 {item} 的定额 (exact) 只能按每人每次 (time) 计",
        en "an exact rate of {item} is by the time alone, and not by the year or the day",
        next "mingzhang schema command rule.set";
    ProofMissing { disbursement: DisbursementId, item: WelfareItemId, seq: Seq } = "W26", "规定: benefit_proof; 会计基础工作规范 Art. 51",
        zh "福利事项 {item} 凭证明付款，用款 {disbursement} 的申请（记录 {seq}）没有附件",
        en "{item} is paid on proof, and no paper lies with the request {disbursement}, record {seq}",
        next "mingzhang attach {disbursement} FILE";
    VisitExists { visit: VisitId } = "W27", "工会经费支出管理办法",
        zh "走访 {visit} 已登记", en "the visit {visit} is recorded already",
        next "mingzhang report visits";
    VisitUnknown { visit: VisitId } = "W28", "工会经费支出管理办法",
        zh "没有走访 {visit}", en "there is no visit {visit}",
        next "mingzhang report visits";
    NotOnTheList { disbursement: DisbursementId, to: Beneficiary } = "W29", "会计基础工作规范 Art. 51 (名册与实付核对)",
        zh "{to} 没有领取用款 {disbursement} 的名册中的款物", en "{to} gets nothing of the list of {disbursement}",
        next "mingzhang report benefits --of {disbursement}";
    ShareVisited { disbursement: DisbursementId, to: Beneficiary, visit: VisitId } = "W30", "会计基础工作规范 Art. 51 (名册与实付核对)",
        zh "{to} 在用款 {disbursement} 中的一份已登记在走访 {visit}", en "the visit {visit} brought {to} the share of {disbursement} already",
        next "mingzhang report visits";
    NoIssueThere { seq: Seq } = "W31", "财会〔2021〕7号, 141",
        zh "记录 {seq} 不是有效的物品领用", en "record {seq} is no issue of supplies that stands",
        next "mingzhang log --type supplies.issued";
    IssueSpent { seq: Seq, issued: u32, given: u32, asked: u32 } = "W32", "财会〔2021〕7号, 141",
        zh "记录 {seq} 领用 {issued}，走访已送出 {given}，本次 {asked}，超过领用数量",
        en "record {seq} issued {issued}, visits took {given} of them, and {asked} more were asked for",
        most issued.saturating_sub(*given), found asked,
        next "mingzhang show {seq}";
    VisitValueDiffers { visit: VisitId, declared: Money, found: Money, apart: Money } = "W33", "会计基础工作规范 Art. 51 (名册与实付核对)",
        zh "走访 {visit} 申报金额 {declared}，名册和领用合计 {found}，相差 {apart}",
        en "the visit {visit} is declared at {declared}, and list and stock come to {found}: {apart} apart",
        is found, found declared,
        next "mingzhang record visit.make --help";
    VisitRests { seq: Seq, visit: VisitId } = "W34", "会计基础工作规范 Art. 51 (名册与实付核对)",
        zh "走访 {visit} 的款物出自记录 {seq}：先撤销走访登记，再冲销", en "the visit {visit} brought what record {seq} paid or issued: withdraw the visit before reversing it",
        next "mingzhang record visit.withdraw --visit {visit} --reason REASON";
    WentTwice { officer: OfficerId } = "W35", "会计基础工作规范 Art. 51 (名册与实付核对)",
        zh "走访人 {officer} 写了两次", en "{officer} is said twice to have gone",
        next "mingzhang record visit.make --help";
    FormOfItem { item: WelfareItemId, alone: Form, asked: Form } = "W36", "皖工发〔2025〕18号 (节日慰问限实物)",
        zh "福利事项 {item} 限{alone}，本次为{asked}", en "{item} is given as {alone} alone, and this is {asked}",
        next "mingzhang record benefit.request --help";
    EverybodyDiffers { item: WelfareItemId, declared_people: u32, declared: Money, people: u32, total: Money, left_out: Vec<LeftOut> } =
        "W37", "会计基础工作规范 Art. 51 (名册与实付核对)",
        zh "福利事项 {item} 申报 {declared_people} 人 {declared}，按条件生成的名册为 {people} 人 {total}；未列入：{left_out}",
        en "{declared_people} people and {declared} were declared for {item}, and everybody who may have it is {people} and {total}; left out: {left_out}",
        is (people, total), found (declared_people, declared),
        next "mingzhang record benefit.request --help";
    NobodyEligible { item: WelfareItemId, left_out: Vec<LeftOut> } = "W38", "总工办发〔2017〕32号",
        zh "没有一名会员符合福利事项 {item} 的条件；未列入：{left_out}",
        en "no member is what {item} asks for; left out: {left_out}",
        next "mingzhang record welfare_item.define --help";
    OccasionOfOther { visit: VisitId, occasion: Occasion, item: WelfareItemId, kind: WelfareKind } =
        "W39", "财会〔2021〕7号, 50105, 50405; 总工办发〔2017〕32号",
        zh "走访 {visit} 的事由是{occasion}，名册的福利事项 {item} 是{kind}：二者须相符",
        en "the visit {visit} is for {occasion}, and {item} of its list is for {kind}: they have to fit",
        next "mingzhang record welfare_item.define --help";
    VisitToNobody { visit: VisitId, people: u32 } = "W40", "工会经费支出管理办法",
        zh "走访 {visit} 的户内人数为 {people}：至少一人", en "the visit {visit} is to a household of {people}: at least one lives there",
        next "mingzhang record visit.make --help";
    OnceOnly { item: WelfareItemId, to: Beneficiary, times: u32 } = "W41", "总工办发〔2017〕32号",
        zh "福利事项 {item} 一次名册每人只发一次，{to} 写了 {times} 次：只有按子女、论文、竞赛、疗休养天数计的，或另有每年、每天标准的，才能多次",
        en "{item} is given once a list, and {to} gets it {times} times: only children, papers, competitions and days of recuperation are counted, and what has a cap of the year or the day",
        next "mingzhang record benefit.request --help";
    ItemInUse { item: WelfareItemId } = "W42", "总工办发〔2017〕32号; 总工发〔2015〕20号",
        zh "福利事项 {item} 已有名册：种类、科目和发放条件不再变动，另立代号",
        en "{item} stands on lists already, so its kind, account and conditions stay: define another id",
        next "mingzhang record welfare_item.define --help";
    GivenByList { account: AccountCode, item: WelfareItemId, command: String } =
        "W43", "规定: benefit_schedule, aid_needs_case; 总工办发〔2017〕32号; 总工发〔2015〕20号",
        zh "{account} 列支福利事项 {item}，其标准按人计算：付给个人的须附名册，用 {command} 申请",
        en "{account} is what {item} is spent on, which has its measure by the person: what goes to persons is on a list, and asked for by {command}",
        next "mingzhang record {command} --help";
}
