//! Donation drives.

family! {
    ($) drives
    DriveExists { drive: DriveId } = "U01", "公益事业捐赠法 Art. 16",
        zh "募捐 {drive} 已登记", en "the drive {drive} is recorded already",
        next "mingzhang log --type drive.opened";
    DriveUnknown { drive: DriveId } = "U02", "公益事业捐赠法 Art. 16",
        zh "没有募捐 {drive}", en "there is no drive {drive}",
        next "mingzhang record drive.open --help";
    DriveClosedAlready { drive: DriveId, by: Seq } = "U03", "公益事业捐赠法 Art. 16",
        zh "募捐 {drive} 已由记录 {by} 结束", en "the drive {drive} was closed by record {by}",
        next "mingzhang show {by}";
    DriveFundTaken { fund: FundId, drive: DriveId } = "U04", "慈善法(2023) Art. 54 (专款专用)",
        zh "{fund} 属于募捐 {drive}，每次募捐、每项互助须有自己的资金或代管项目",
        en "{fund} is of the drive {drive}: each drive and each scheme has a fund or project of its own",
        next "mingzhang report funds";
    DriveOfFreeFund { fund: FundId } = "U05", "慈善法(2023) Art. 54 (专款专用)",
        zh "{fund} 不是专项资金，捐款须专款专用", en "{fund} is not restricted, and gifts are for their purpose alone",
        next "mingzhang record fund.establish --help";
    DriveIsCustodial { fund: FundId } = "U06", "财会〔2021〕7号, 221, 408 (捐款管理规定)",
        zh "按规定捐款由工会代管，{fund} 不是代管项目", en "by the rule the union only keeps gifts, and {fund} is no custodial project",
        next "mingzhang record custodial_project.open --help";
    DriveIsOwn { fund: FundId } = "U07", "财会〔2021〕7号, 221, 408 (捐款管理规定)",
        zh "按规定捐款为工会收入，{fund} 是代管项目", en "by the rule gifts are the union's own income, and {fund} is a custodial project",
        next "mingzhang record fund.establish --help";
    DriveDaysWrong { first: Day, last: Day } = "U08", "公益事业捐赠法 Art. 16",
        zh "{last} 早于 {first}，期限或结束日有误", en "{last} is before {first}: the days are in the wrong order",
        least first, found last,
        next "mingzhang record drive.open --help";
    DriveNotGoing { drive: DriveId, first: Day, last: Day, date: Day } = "U09", "公益事业捐赠法 Art. 16",
        zh "募捐 {drive} 自 {first} 至 {last}，{date} 不在其内", en "the drive {drive} collects from {first} through {last}, and not on {date}",
        next "mingzhang show --help";
    GiftsDiffer { drive: DriveId, declared_people: u32, declared: Money, people: u32, total: Money, people_apart: u32, apart: Money } =
        "U10", "会计基础工作规范 Art. 51 (名册与实收核对)",
        zh "募捐 {drive} 申报 {declared_people} 人 {declared}，名册为 {people} 人 {total}，相差 {people_apart} 人 {apart}",
        en "{drive}: {declared_people} donors and {declared} were declared, and the list comes to {people} and {total}: {people_apart} donors and {apart} apart",
        is (people, total), found (declared_people, declared),
        next "mingzhang record drive.receive --help";
    ArticleIsOther { article: ArticleId, name: Text, unit: Text } = "U11", "公益事业捐赠法 Art. 16",
        zh "捐物 {article} 已登记为 {name}（{unit}）", en "the article {article} is recorded as {name}, by the {unit}",
        next "mingzhang record drive_goods.receive --help";
    GoodsTooFew { article: ArticleId, left: u32, asked: u32 } = "U12", "公益事业捐赠法 Art. 18",
        zh "捐物 {article} 尚余 {left}，本次发放或撤销 {asked}", en "{left} of the article {article} are left, and {asked} were to be given or withdrawn",
        most left, found asked,
        next "mingzhang log --type drive_goods.received";
    DriveHoldsMoney { drive: DriveId, project: FundId, left: Money } = "U13", "公益事业捐赠法 Art. 18",
        zh "募捐 {drive} 的代管项目 {project} 尚有 {left}，须先付出或退还",
        en "the project {project} of the drive {drive} still holds {left}: pay it out or give it back first",
        next "mingzhang report custodial";
    DriveHoldsGoods { drive: DriveId, goods: u32 } = "U14", "公益事业捐赠法 Art. 18",
        zh "募捐 {drive} 尚有捐物 {goods} 件未发放", en "{goods} articles of the drive {drive} are not given out yet",
        next "mingzhang record drive_goods.give --help";
    GiftsOnList { record: Seq, drive: DriveId } = "U15", "公益事业捐赠法 Art. 16",
        zh "募捐 {drive} 已结束，其收款记录 {record} 不能冲销", en "the drive {drive} is closed, so record {record}, which took its money in, stays",
        next "mingzhang show {record}";
    DriveForAnother { drive: DriveId, to: Beneficiary } = "U42", "慈善法(2023) Art. 54 (专款专用)",
        zh "募捐 {drive} 指定了受助人，{to} 不是受助人", en "the drive {drive} is for one person, and {to} is somebody else",
        next "mingzhang log --type drive.opened";
    DriveFundUsed { fund: FundId } = "U34", "慈善法(2023) Art. 54 (专款专用)",
        zh "{fund} 已有收支，募捐须用新设的资金或代管项目", en "{fund} has entries already: a drive begins with a new fund or project",
        next "mingzhang record fund.establish --help";
    GiftsWithoutDonors { fund: FundId, drive: DriveId } = "U35", "公益事业捐赠法 Art. 16",
        zh "{fund} 属于募捐 {drive}，捐款须连同捐款名册登记", en "{fund} is of the drive {drive}: its gifts are recorded with their donors",
        next "mingzhang record drive.receive --help";
    DriveGoesOn { fund: FundId, drive: DriveId } = "U36", "公益事业捐赠法 Art. 18",
        zh "{fund} 属于未结束的募捐 {drive}，其结余由结束募捐的决议处理",
        en "{fund} is of the drive {drive}, which is not closed: what is left of it is decided on when it is",
        next "mingzhang record drive.close --help";
    NoGoodsThere { drive: DriveId, record: Seq } = "U44", "公益事业捐赠法 Art. 16",
        zh "记录 {record} 不是募捐 {drive} 仍有效的捐物登记", en "record {record} is no record of goods of the drive {drive} that counts",
        next "mingzhang log --type drive_goods.received";
}
