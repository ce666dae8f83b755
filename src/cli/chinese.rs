//! The library says why in English, one sentence a cause; here are the same sentences in Chinese.
//! What is not among them stays as it is, quoted: a technical detail of something below us.

/// What is said, and the same in Chinese. `{}` stands for what differs from case to case, in the
/// order of the English sentence; `{1}` in the Chinese one is the first of them.
#[rustfmt::skip]
const SENTENCES: &[(&str, &str)] = &[
    // Charts.
    ("not a chart file: {}", "不是科目表文件：{1}"),
    ("a chart's id is 1 to 40 of a-z, 0-9 and '-': {}", "科目表编号须是 1 至 40 个 a-z、0-9 或 “-”：{1}"),
    ("the title has no {} text that can be used: {}", "标题的 {1} 文字不可用：{2}"),
    ("the source is not one line of text: {}", "依据须是一行文字：{1}"),
    ("a currency is three capital letters: {}", "币种须是三个大写字母：{1}"),
    ("there are no accounts", "没有科目"),
    ("account {}, counted from 1, has no code of 3 to 12 digits: {}", "第 {1} 个科目的代码不是 3 至 12 位数字：{2}"),
    ("account {} is there twice", "科目 {1} 出现两次"),
    ("account {} stands under {}, which is not there", "科目 {1} 的一级科目 {2} 不存在"),
    ("account {} has no {} name that can be used: {}", "科目 {1} 的 {2} 名称不可用：{3}"),
    ("account {} is of no class that is known: {}", "科目 {1} 的类别无法识别：{2}"),
    ("account {} is {}, and {} above it is {}", "科目 {1} 属 {2}，其上的 {3} 属 {4}"),
    ("account {} has a normal balance that is neither debit nor credit: {}", "科目 {1} 的余额方向须是 debit 或 credit：{2}"),
    ("account {} is for grassroots, county or all, and not for {}", "科目 {1} 的适用级别须是 grassroots、county 或 all，而非 {2}"),
    ("the program has no use {} for an account", "没有科目用途 {1}"),
    ("the account for {} is {}, which is not there or takes no entries", "用途 {1} 的科目 {2} 不存在或不可记账"),
    ("cash and bank are two accounts, and not both {}", "现金和银行存款须是两个科目，不可同为 {1}"),
    ("a statement's id is 1 to 40 of a-z, 0-9 and '-', and its own alone: {}", "报表编号须是 1 至 40 个 a-z、0-9 或 “-”，且不重复：{1}"),
    ("the statement {} has no {} title that can be used: {}", "报表 {1} 的 {2} 标题不可用：{3}"),
    ("the statement {} is of balances or flows, and not of {}", "报表 {1} 的种类须是 balances 或 flows，而非 {2}"),
    ("line {} of the statement {} has no number of its own: {}", "报表 {2} 第 {1} 行没有自己的行次：{3}"),
    ("line {} of the statement {} has no {} name that can be used: {}", "报表 {2} 行次 {1} 的 {3} 名称不可用：{4}"),
    ("line {} of the statement {} adds up accounts or lines, and not both or none", "报表 {2} 行次 {1} 须汇总科目或行次，不可都有或都无"),
    ("line {} of the statement {} adds up {}, which is not in the chart", "报表 {2} 行次 {1} 汇总的 {3} 不在科目表中"),
    ("line {} of the statement {} adds up {}, which is no line above it", "报表 {2} 行次 {1} 汇总的 {3} 不是其上的行次"),
    // Forms of what is typed.
    ("{} continues another bundle, and is read together with it alone", "{1} 接续另一个审计包，单独读不出账来"),
    ("the book has signed checkpoints, and {} is missing", "账套签过检查点，却没有 {1}"),
    ("write {}, not {}: digits, a point, two decimals; no commas, no currency sign, no full-width digits", "金额应写作 {1}，不是 {2}：数字、小数点、两位小数，不要千分号、货币符号、全角数字"),
    ("larger than 999,999,999,999,999.99: {}", "金额超过 999,999,999,999,999.99：{1}"),
    ("a day is written {}, not {}", "日期应写作 {1}，不是 {2}"),
    ("not a day of the calendar, written as 2026-03-05: {}", "不是日历上的一天（写作 2026-03-05）：{1}"),
    ("not a month, written as 2026-03: {}", "不是月份（写作 2026-03）：{1}"),
    ("not a time in UTC, written as 2026-03-05T09:00:00Z: {}", "不是协调世界时（写作 2026-03-05T09:00:00Z）：{1}"),
    ("not an offset from UTC, written as +08:00: {}", "不是时区（写作 +08:00）：{1}"),
    ("an id is 1 to 40 of a-z, 0-9 and '-', and starts with a letter or digit: {}", "编号须是 1 至 40 个 a-z、0-9 或 “-”，以字母或数字开头：{1}"),
    ("a digest is 64 hex digits in lower case: {}", "摘要须是 64 个小写十六进制数字：{1}"),
    ("an account code is 3 to 12 digits: {}", "科目代码须是 3 至 12 位数字：{1}"),
    ("an economic class is five digits that begin with 3: {}", "经济分类款级科目是以 3 开头的五位数字：{1}"),
    ("text of 1 to {} characters was expected, and {} were found", "文字须有 1 至 {1} 个字，实有 {2} 个"),
    ("a digest is 64 hex digits in lower case: {}", "摘要须是 64 个小写十六进制数字：{1}"),
    ("a control character stands in the text {}", "文字中有控制字符：{1}"),
    ("not a voucher number, written as 记-2026-03-0001: {}", "不是凭证号（写作 记-2026-03-0001）：{1}"),
    ("a language is zh or en: {}", "语言须是 zh 或 en：{1}"),
    ("one of {}, not {}", "须是 {1} 之一，不是 {2}"),
    ("skip:LINES or record:LINES, such as skip:5,7-9 or record:all, not {}", "写作 skip:行号 或 record:行号，如 skip:5,7-9 或 record:all，不是 {1}"),
    ("not a ledger's origin: {}", "不是账套名称（如 gh.example.org/branch-017）：{1}"),
    ("a book's name is 1 to 120 letters, digits and marks without spaces, '+' and '\"', such as gh.example.org/branch-017; the union's own name goes to --organisation: {}", "账套名称须是 1 至 120 个英文字母、数字和符号，没有空格、“+”和双引号，如 gh.example.org/branch-017；单位的中文名称写在 --organisation 之后：{1}"),
    ("not an idempotency key: {}", "不是幂等键：{1}"),
    ("the envelope is not as the format says: {}", "记录的封装不合格式：{1}"),
    ("envelope version {} is not known", "封装的版本 {1} 无法识别"),
    ("a record has at most 4096 bytes, and this one has {}", "一条记录至多 4096 字节，这条有 {1}"),
    ("a period is all, 2026, 2026-03 or 2026-01..2026-06: {}", "期间写作 all、2026、2026-03 或 2026-01..2026-06：{1}"),
    ("a statement is for a month or a year, 2026-03 or 2026: {}", "报表的期间是月份或年度（2026-03 或 2026）：{1}"),
    ("the period ends before it begins: {}", "期间的终点早于起点：{1}"),
    ("a year such as 2026, not {}", "年度写作 2026：{1}"),
    ("grassroots or county", "应为 grassroots 或 county"),
    ("invalid digit found in string", "不是整数"),
    ("invalid socket address syntax", "地址须写作 127.0.0.1:8080"),
    ("cannot parse integer from empty string", "不可为空"),
    ("{} is not in {}", "{1} 不在 {2} 之内"),
    ("{} is not FIELD=VALUE; a text with a comma needs the JSON form", "{1} 不是“字段=值”；文字中有逗号时须用 JSON 写法"),
    ("{} is a whole number, true or false, and not {}", "{1} 须是整数或 true、false，不是 {2}"),
    ("{} is given twice", "{1} 给了两次"),
    ("--{}: {}", "--{1}：{2}"),
    ("given more than once", "给了不止一次"),
    // What toml says of a file of rules or settings; what was expected stands behind it.
    ("duplicate key", "同一个名称出现两次"),
    ("cannot extend value of type {} with a dotted key", "这个名称已有内容，不能再用点号往里加"),
    ("key with no value", "名称之后没有 “=” 和值"),
    ("missing value for key", "名称之后没有 “=” 和值"),
    ("missing value", "“=” 之后没有值"),
    ("missing key for inline table element", "花括号中缺少名称"),
    ("missing assignment between key-value pairs", "花括号中缺少 “=”"),
    ("missing comma between key-value pairs", "花括号中两项之间缺少逗号"),
    ("missing comma between array elements", "方括号中两项之间缺少逗号"),
    ("missing array opening", "缺少左方括号"),
    ("missing inline table opening", "缺少左花括号"),
    ("missing table open", "缺少左方括号"),
    ("missing opening quote", "缺少左引号"),
    ("missing comment start", "说明须以 “#” 开头"),
    ("missing escaped value", "反斜杠之后没有内容"),
    ("extra `=`", "多了一个 “=”"),
    ("extra comma in array", "方括号中多了一个逗号"),
    ("extra comma in inline table", "花括号中多了一个逗号"),
    ("extra assignment between key-value pairs", "花括号中多了一个 “=”"),
    ("unexpected `=` in array", "方括号中不可有 “=”"),
    ("unexpected key or value", "一行只写一项，此处还有别的"),
    ("unexpected content between comment and newline", "说明之后不可再有别的"),
    ("unexpected content", "此处不可有这些内容"),
    ("unexpected leading zero", "数字之前多了 0"),
    ("unexpected sign", "此处不可有正负号"),
    ("unclosed array table", "缺少右方括号"),
    ("unclosed array", "缺少右方括号"),
    ("unclosed table", "缺少右方括号"),
    ("unclosed inline table", "缺少右花括号"),
    ("invalid key-value pair", "不是 “名称 = 值” 的写法"),
    ("invalid inline table element", "花括号中写法不对"),
    ("invalid unquoted key", "名称写法不对（有中文的名称须加引号）"),
    ("unquoted keys cannot be empty", "名称不可为空"),
    ("invalid comment character", "说明中有不可用的字符"),
    ("invalid value", "值写法不对"),
    ("invalid string", "文字写法不对"),
    ("invalid basic string", "双引号没有成对，或其中有不可用的字符"),
    ("invalid literal string", "单引号没有成对，或其中有不可用的字符"),
    ("invalid multi-line basic string", "三个双引号没有成对，或其中有不可用的字符"),
    ("invalid multi-line literal string", "三个单引号没有成对，或其中有不可用的字符"),
    ("invalid table header", "方括号中的名称写法不对"),
    ("invalid boolean", "应为 true 或 false"),
    ("invalid date-time", "日期写法不对"),
    ("invalid float", "小数写法不对"),
    ("invalid integer number", "整数写法不对"),
    ("invalid hexadecimal number", "十六进制数写法不对"),
    ("invalid octal number", "八进制数写法不对"),
    ("invalid binary number", "二进制数写法不对"),
    ("string values must be quoted", "文字须加引号"),
    ("keys cannot be multi-line basic strings", "名称不可写成几行"),
    ("keys cannot be multi-line literal strings", "名称不可写成几行"),
    ("too few unicode value digits", "字符编号的位数不够"),
    ("`_` may only go between digits", "“_” 只可在数字之间"),
    ("redundant numeric sign", "多了一个正负号"),
    ("redundant integer number prefix", "整数前缀重复"),
    ("radix must be lowercase", "进制前缀须小写"),
    ("integers with a radix cannot be signed", "带进制前缀的整数不可有正负号"),
    ("integer number overflowed", "整数过大"),
    ("floating-point number overflowed", "小数过大"),
    ("carriage return must be followed by newline", "换行写法不对"),
    ("cannot recurse further; max recursion depth met", "嵌套过深"),
    ("recursion limit", "嵌套过深"),
    ("data did not match any variant of untagged enum Names", "应为一个列名，或列名的列表"),
    // What serde says of a line of JSON.
    ("missing field `{}`", "缺少 {1}"),
    ("duplicate field `{}`", "{1} 重复"),
    ("unknown field `{}`, expected {}", "没有 {1} 这一项；有的是 {2}"),
    ("unknown field `{}`, there are no fields", "没有 {1} 这一项"),
    ("unknown variant `{}`, expected {}", "没有 {1} 这一种；有的是 {2}"),
    ("invalid type: {}, expected {}", "应为{2}，实为{1}"),
    ("invalid value: {}, expected {}", "应为{2}，实为{1}"),
    ("invalid length {}, expected {}", "长度应为{2}，实为{1}"),
    ("EOF while parsing {}", "没有写完：{1}"),
    ("expected ident", "不是 JSON 的值"),
    ("expected value", "此处应有一个值"),
    ("expected `:`", "此处应有 “:”"),
    ("expected `,` or `}`", "此处应有 “,” 或 “}”"),
    ("expected `,` or `]`", "此处应有 “,” 或 “]”"),
    ("key must be a string", "键须加双引号"),
    ("trailing comma", "多了一个逗号"),
    ("trailing characters", "后面还有多余的内容"),
    ("invalid number", "数字写法不对"),
    ("number out of range", "数字过大"),
    ("invalid escape", "转义写法不对"),
    ("invalid unicode code point", "不是 Unicode 字符"),
    ("control character ({}) found while parsing a string", "文字中有控制字符"),
    ("recursion limit exceeded", "嵌套过深"),
    ("one of {}", "{1}"),
    ("take or leave-out, not {}", "写作 take（都取）或 leave-out（都不取），不是 {1}"),
    ("`{}` or `{}`", "`{1}` 或 `{2}`"),
    ("internally tagged enum {}", "写明名称的对象，如 {\"name\":…}"),
    ("adjacently tagged enum {}", "写明名称的对象"),
    ("externally tagged enum {}", "其中一种"),
    ("variant identifier", "其中一种的名称"),
    ("variant of enum {}", "其中一种"),
    ("enum {}", "其中一种"),
    ("unit variant", "只有名称的一种"),
    ("newtype variant", "带一个值的一种"),
    ("tuple variant", "带几个值的一种"),
    ("struct variant", "带几项的一种"),
    ("tuple struct {}", "列表"),
    ("a tuple of size {}", "{1} 项的列表"),
    ("an array of length {}", "{1} 项的列表"),
    ("a sequence", "列表"),
    ("sequence", "列表"),
    ("a list", "列表"),
    ("a map", "对象"),
    ("map with a single key", "只有一项的对象"),
    ("map", "对象"),
    ("an object", "对象"),
    ("struct {}", "对象"),
    ("a string", "文字"),
    ("a value", "一个值"),
    ("an integer", "整数"),
    ("string {}", "文字 {1}"),
    ("floating point `{}`", "数 {1}"),
    ("integer `{}`", "数 {1}"),
    ("boolean `{}`", "{1}"),
    ("null", "空值"),
    ("u64", "非负整数"),
    ("u32", "非负整数"),
    ("u16", "非负整数"),
    ("a boolean", "true 或 false"),
    // Records.
    ("not JSON: {}", "不是 JSON：{1}"),
    ("not a JSON object", "不是 JSON 对象"),
    ("a number that is not a whole number from 0 to 2^53-1: {}", "数字不是 0 至 2^53-1 的整数：{1}"),
    ("a text that is not in Unicode's composed form (NFC): {}", "文字不是 Unicode 组合形式（NFC）：{1}"),
    ("a control character in a text: {}", "文字中有控制字符：{1}"),
    ("null has no meaning here", "此处不可为空值"),
    ("not the canonical form of the same JSON (RFC 8785)", "不是同一 JSON 的规范形式（RFC 8785）"),
    ("not 64 lower-case hex digits: {}", "记录哈希须是 64 个小写十六进制数字：{1}"),
    ("no fact is called {}", "没有事件 {1}"),
    ("version {} of {} is not known; the newest known one is {}", "{2} 的版本 {1} 无法识别，已知的最新版本是 {3}"),
    ("the body of {} is not as declared: {}", "{1} 的内容不合规定：{2}"),
    ("it says seq {} after {}", "它自称是 {2} 之后的第 {1} 条"),
    ("a command is an object, not {}", "指令须是对象，而不是 {1}"),
    // Keys, checkpoints, witnesses, proofs, policies.
    ("a key's name is 1 to 255 bytes without spaces, '+' and control characters: {}", "密钥名称须是 1 至 255 字节，没有空格、“+”和控制字符：{1}"),
    ("not a verifier key, written as name+id+base64: {}", "不是验证公钥（写作 名称+编号+base64）：{1}"),
    ("the signature type 0x{} is not known: 0x01 signs a log, 0x04 cosigns it", "签名类型 0x{1} 无法识别：0x01 为账套签名，0x04 为见证"),
    ("the key id {} does not belong to this name and key, whose id is {}", "密钥编号 {1} 与名称和密钥不符，应为 {2}"),
    ("not an Ed25519 public key, or one that would accept anybody's signature: {}", "不是可用的 Ed25519 公钥：{1}"),
    ("a key file begins with the line \"mingzhang-key: NAME log|witness|officer\"", "密钥文件以 “mingzhang-key: 名称 log|witness|officer” 一行开头"),
    ("not an act, which is five lines: {}", "不是签名文书（五行）：{1}"),
    ("not what an officer signs: {}", "不是须由人签名的事项：{1}"),
    ("the key {} is a {}'s, and acts are signed with an officer's", "密钥 {1} 是 {2} 密钥，文书须用个人密钥（officer）签名"),
    ("{} has signed this already", "{1} 已经签过"),
    ("the first is mingzhang-act@v1", "首行须为 mingzhang-act@v1"),
    ("there are more of them, or fewer", "行数不对"),
    ("the second is a book's name", "第二行须为账套名称"),
    ("the third is an officer", "第三行须为经办人编号"),
    ("the fourth is \"on SEQ LEAF\"", "第四行须为 “on 记录号 叶哈希”"),
    ("the fifth is an object of body, tv and type", "第五行须为含 body、tv、type 的对象"),
    ("they are not written as this program writes them", "写法与本程序不同"),
    ("an empty line follows them", "其后须有空行"),
    ("behind the empty line stands one record", "空行之后须为一条记录"),
    ("not a PKCS#8 key in PEM form: {}", "不是 PEM 形式的 PKCS#8 密钥：{1}"),
    ("the key file is encrypted, and no passphrase was given", "密钥已加密，没有给出口令"),
    ("an empty passphrase protects nothing", "口令不可为空"),
    ("the passphrase does not open the key file", "口令不对"),
    ("not a signed note: {}", "不是已签名的检查点：{1}"),
    ("no empty line divides the text from the signatures", "正文与签名之间没有空行"),
    ("the last line has no end", "最后一行没有换行"),
    ("a note has at most 1000000 bytes, and this one has {}", "检查点至多 1000000 字节，这份有 {1}"),
    ("a note has at most 64 signatures, and this one has {}", "检查点至多 64 个签名，这份有 {1}"),
    ("not a signature line, which is \"— NAME BASE64\": {}", "不是签名行（写作 “— 名称 BASE64”）：{1}"),
    ("not a checkpoint, which is three lines, origin, size and root: {}", "不是检查点（三行：账套名称、记录数、树根）：{1}"),
    ("a {} key is needed here, and {} is a {} key", "此处须用 {1} 密钥，而 {2} 是 {3} 密钥"),
    ("the key is of {}, and the checkpoint of {}", "密钥属于 {1}，检查点属于 {2}"),
    ("{} has not signed this checkpoint", "{1} 没有签过这个检查点"),
    ("a signature in the name of {} is not of its key over this text", "以 {1} 之名的签名不是它对此文的签名"),
    ("a cosignature of {} carries no possible time: {} seconds", "{1} 的见证时间不可能：{2} 秒"),
    ("a cosignature of {} is of {} seconds from now", "{1} 的见证时间在 {2} 秒之后"),
    ("not a request to a witness: {}", "不是见证请求：{1}"),
    ("a request has at most 63 lines of proof, and this one has {}", "见证请求至多 63 行证明，这份有 {1}"),
    ("not a witness's state: {}", "不是见证状态：{1}"),
    ("no empty line stands before the checkpoint", "检查点之前没有空行"),
    ("it does not begin with \"old N\"", "开头不是 “old 数字”"),
    ("the key's name is no book's origin", "密钥的名称不是账套名称"),
    ("a book's new key has its name, and is another key", "账套的新密钥须与账套同名，且不是现在这把"),
    ("no empty line follows the book's key", "账套公钥之后没有空行"),
    ("it does not begin with its header and \"log VKEY\"", "开头不是规定的首行和 “log 公钥”"),
    ("a line is neither of the book's key nor of an earlier", "有一行既不是账套公钥，也不是先前的公钥"),
    ("this witness keeps {}, and the checkpoint is of {}", "见证人见证的是 {1}，检查点属于 {2}"),
    ("the checkpoint is not signed by its book: {}", "检查点不是由其账套签名：{1}"),
    ("the request starts from {} records, and its checkpoint has only {}", "请求从 {1} 条开始，检查点只有 {2} 条"),
    ("rollback: {} records were cosigned before, and the checkpoint has only {}", "回退：曾见证 {1} 条记录，检查点只有 {2} 条"),
    ("{} records were cosigned last, and the request starts from {}", "上次见证了 {1} 条记录，请求却从 {2} 条开始"),
    ("fork: at {} records the root {} was cosigned, and now it is {}", "分叉：{1} 条记录时曾见证树根 {2}，现在是 {3}"),
    ("fork: the first {} records are not shown to be those cosigned before: {}", "分叉：前 {1} 条记录不是曾见证的那些：{2}"),
    ("an empty book has one root only, and {} is another", "空账套只有一个树根，{1} 不是"),
    ("the clock says {}, and this witness has cosigned at {}", "时钟是 {1}，而此见证人已在 {2} 见证过：请校正时钟"),
    ("the cosignature could not be made: {}", "见证签名未能作出：{1}"),
    ("not a hash, which is 32 bytes in base64: {}", "不是哈希（32 字节的 base64）：{1}"),
    ("a tree of {} leaves has {} perfect subtrees, and {} were found", "{1} 条记录的树有 {2} 个完整子树，实有 {3} 个"),
    ("there is no leaf {} in a tree of {} leaves", "{2} 条记录的树中没有记录 {1}"),
    ("a tree of {} leaves cannot be the later one of a tree of {} leaves", "{2} 条记录的树不会变成 {1} 条"),
    ("a proof of {} hashes does not fit a tree of {} leaves", "{1} 个哈希的证明不合 {2} 条记录的树"),
    ("the proof leads to the root {}, and {} was expected", "证明得出树根 {1}，应为 {2}"),
    ("not a proof: {}", "不是证明：{1}"),
    ("no empty line stands before the checkpoint", "检查点之前没有空行"),
    ("it does not begin with c2sp.org/tlog-proof@v1", "开头不是 c2sp.org/tlog-proof@v1"),
    ("its extra data is not base64", "所附的记录不是 base64"),
    ("a line \"index N\" was expected", "缺少 “index N” 一行"),
    ("the proof brings another record", "证明所附的是另一条记录"),
    ("a QR code holds {} bytes, and this text has {}", "二维码至多 {1} 字节，此文有 {2}"),
    ("a proof has at most 64 hashes, and this one has {}", "证明至多 64 个哈希，这份有 {1}"),
    ("there is no record {} among the {} below the checkpoint", "检查点的 {2} 条记录中没有记录 {1}"),
    ("the checkpoint's root is {}, and these records give {}", "检查点的树根是 {1}，这些记录得出 {2}"),
    ("the record is not shown to be in the book: {}", "没有证明此记录在账套中：{1}"),
    ("no key of the policy has signed the checkpoint as its book's log", "信任文件中没有密钥以账套之名签过此检查点"),
    ("line 0: {}", "{1}"),
    ("line {}: {}", "第 {1} 行：{2}"),
    ("a control character stands in it", "其中有控制字符"),
    ("the last line has no newline", "最后一行没有换行"),
    ("a line begins with log, witness, group or quorum, and this one with {}", "每行以 log、witness、group 或 quorum 开头，这行是 {1}"),
    ("{} was expected, and {} words follow the first", "应为 {1}，其后却有 {2} 个词"),
    ("a {} key is needed here, and this is a {} key", "此处须用 {1} 密钥，这是 {2} 密钥"),
    ("the same key stands on line {} already", "第 {1} 行已有同一密钥"),
    ("the name {} is taken", "名称 {1} 已用"),
    ("no witness or group named {} is defined above", "上文没有见证人或组 {1}"),
    ("{} is a member of another group already, or twice of this one", "{1} 已在另一组，或在本组重复"),
    ("any, all or a number from 1 to {} was expected, and {} was found", "应为 any、all 或 1 至 {1} 的数，实为 {2}"),
    ("the quorum is set on line {} already", "第 {1} 行已定法定人数"),
    ("there is no quorum line", "没有 quorum 一行"),
    // Files and the store.
    ("{} is not there", "没有 {1}"),
    ("{} is on a disk that may only be read", "{1} 所在的磁盘只能读取"),
    ("this user may not {} {}", "无权访问 {2}"),
    ("the disk that holds {} is full", "{1} 所在的磁盘已满"),
    ("{} is in use by {}", "{1} 正被 {2} 使用"),
    ("could not {} {}: {}", "{2} 读写失败：{3}"),
    ("record {} is in the log and not in the index", "记录 {1} 在日志中而不在索引中"),
    ("record {} is in the index and not in the log", "记录 {1} 在索引中而不在日志中"),
    ("record {} is not the same in the log and in the index", "记录 {1} 在日志与索引中不同"),
    ("the index does not give the receipt of record {} for the key {}", "索引对键 {2} 没有给出记录 {1} 的回执"),
    ("the index has a receipt for the key {}, and record {} does not bear it", "索引有键 {1} 的回执，记录 {2} 却没有这个键"),
    ("the head of the index is not the last record of the log", "索引的链头不是日志的最后一条记录"),
    ("no line of the log begins at byte {}", "日志第 {1} 字节不是一行之首"),
    ("the log ends at byte {}, before byte {}", "日志止于第 {1} 字节，不到第 {2} 字节"),
    ("the log is damaged at byte {}, where record {} was due: {}", "日志第 {1} 字节处损坏，该处应是记录 {2}：{3}"),
    ("the last line of the log, at byte {}, is no record: {}", "日志最后一行（第 {1} 字节）不是记录：{2}"),
    ("the log ends in the middle of an append, {} bytes behind byte {}", "日志止于一次未完成的写入：第 {2} 字节之后还有 {1} 字节"),
    ("the log was left {} bytes long and is now {}: someone else wrote to it", "日志原有 {1} 字节，现有 {2}：有别人写过"),
    ("the log was moved or replaced while it was open", "日志在使用中被移动或替换"),
    ("an earlier append failed ({})", "先前一次写入失败（{1}）"),
    ("writing to the log failed: {}", "写日志失败：{1}"),
    ("syncing the log failed: {}", "日志落盘失败：{1}"),
    ("no more can be written until the book is opened again: {}", "须重新打开账套才能再写：{1}"),
    ("{} was expected to be the last, and {} is", "账套应停在 {1}，实在 {2}"),
    ("it is not known whether the append was stored; open the book again: {}", "不知写入是否成功，请重新打开账套：{1}"),
    ("nothing was stored: {}", "没有写入：{1}"),
    ("nothing was stored; the store is damaged: {}", "没有写入，存储已损坏：{1}"),
    ("nothing was stored; {} may only be read", "没有写入，{1} 只能读取"),
    ("nothing was stored; the disk that holds {} is full", "没有写入，{1} 所在的磁盘已满"),
    ("the store does not answer: {}", "存储没有回应：{1}"),
    ("the store is damaged: {}", "存储已损坏：{1}"),
    ("record {} was due from the store, and {} came", "存储应给出记录 {1}，却给出 {2}"),
    // The vault and papers.
    ("a private value is one line of 1 to 200 characters, without control characters", "内容须是一行 1 至 200 个字，没有控制字符"),
    ("a salt is 64 hex digits", "盐须是 64 个十六进制数字"),
    ("the openings are not one object a subject, in canonical form, sorted by subject", "开启值须每个主体一行，为规范形式，按主体排序"),
    ("the vault's key {} is not there", "没有保险箱的密钥 {1}"),
    ("the vault's key is under a passphrase, and none was given", "保险箱的密钥已加密，没有给出口令"),
    ("the passphrase does not open the vault's key", "口令打不开保险箱的密钥"),
    ("{} is not a key of age", "{1} 不是 age 的密钥"),
    ("the vault has no file {}", "保险箱中没有 {1}"),
    ("{} does not open: it is damaged, or of another key", "{1} 打不开：已损坏，或属于另一把密钥"),
    ("{} is not what the vault keeps", "{1} 不是保险箱的文件"),
    ("member=ID, officer=ID or disbursement=ID, not {}", "应为 member=编号、officer=编号或 disbursement=编号，而不是 {1}"),
    ("{} was changed while it was read", "{1} 在读取时被改动"),
    ("{} is not the paper that its name says", "{1} 的内容与其名称不符"),
    // What the system says.
    ("No such file or directory (os error 2)", "不存在"),
    ("Permission denied (os error 13)", "没有权限"),
    ("File exists (os error 17)", "已存在"),
    ("Not a directory (os error 20)", "不是文件夹"),
    ("Is a directory (os error 21)", "是文件夹，不是文件"),
    ("No space left on device (os error 28)", "磁盘已满"),
    ("Read-only file system (os error 30)", "磁盘只能读取"),
    ("stream did not contain valid UTF-8", "不是 UTF-8"),
    ("io: {}", "{1}"),
    ("Connection refused", "对方拒绝连接"),
    ("Connection refused (os error 111)", "对方拒绝连接"),
    ("Connection reset by peer (os error 104)", "对方断开了连接"),
    ("host not found", "没有这个网址"),
    ("failed to lookup address information: {}", "没有这个网址"),
    ("timeout: {}", "等待超时"),
    ("bad uri: {}", "网址写法不对：{1}"),
    ("http: {}", "{1}"),
    ("invalid format", "网址写法不对"),
    ("unknown scheme: {}", "须以 http:// 或 https:// 开头，而不是 {1}"),
    ("missing scheme", "没有以 http:// 或 https:// 开头"),
];

/// What toml expected, one thing each; a name of somebody's own may be the same word.
#[rustfmt::skip]
const EXPECTED: &[(&str, &str)] = &[
    ("float", "小数"),
    ("date-time", "日期"),
    ("boolean", "true 或 false"),
    ("nothing", "没有别的"),
    ("newline", "换行"),
    ("key", "名称"),
    ("value", "值"),
    ("letters", "字母"),
    ("numbers", "数字"),
    ("digits", "数字"),
    ("characters", "字符"),
    ("escape sequence", "转义"),
    ("printable characters", "可显示的字符"),
    ("non-single-quote characters", "单引号以外的字符"),
    ("non-single-quote visible characters", "单引号以外的可见字符"),
    ("non-double-quote visible characters", "双引号以外的可见字符"),
    ("unicode hexadecimal value", "十六进制的字符编号"),
    ("literal string", "单引号中的文字"),
    ("basic string", "双引号中的文字"),
    ("multi-line basic string", "三个双引号中的文字"),
    ("multi-line literal string", "三个单引号中的文字"),
    ("integer", "整数"),
    ("string", "文字"),
];

/// A sentence of the library in Chinese.
pub(crate) fn chinese(said: &impl ToString) -> String {
    let said = said.to_string();
    // A reader of toml says what it met, and behind that a list of what it expected.
    if let Some((met, expected)) = said.split_once(", expected ")
        && let Some((_, met)) = SENTENCES.iter().find(|(english, _)| *english == met)
    {
        let one = |one: &str| {
            let known = EXPECTED.iter().find(|(english, _)| *english == one);
            known.map_or_else(|| one.to_owned(), |(_, chinese)| (*chinese).to_owned())
        };
        return match expected.split(", ").map(one).collect::<Vec<_>>().join("、").as_str() {
            "没有别的" => (*met).to_owned(),
            expected => format!("{met}；此处应为{expected}"),
        };
    }
    for (english, chinese) in SENTENCES {
        if let Some(found) = holes(english, &said) {
            return filled(chinese, &found);
        }
    }
    // Several faults of one file are said line by line.
    if said.contains('\n') {
        let lines: Vec<String> = said.lines().map(|line| chinese(&line)).collect();
        return lines.join("\n");
    }
    said
}

/// What stands in the holes of a pattern, if the text is of its form.
fn holes<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut parts = pattern.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut found = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let at = if parts.peek().is_some() {
            rest.find(part)?
        } else if part.is_empty() {
            rest.len()
        } else {
            rest.len().checked_sub(part.len()).filter(|_| rest.ends_with(part))?
        };
        let (hole, after) = rest.split_at_checked(at)?;
        found.push(hole);
        rest = after.strip_prefix(part)?;
    }
    rest.is_empty().then_some(found)
}

fn filled(pattern: &str, holes: &[&str]) -> String {
    (1..).zip(holes).fold(pattern.to_owned(), |text, (number, hole)| {
        text.replace(&format!("{{{number}}}"), &chinese(hole))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentences of errors whose English alone would reach somebody who reads Chinese.
    const FILES: [&str; 21] = [
        "money.rs",
        "date.rs",
        "ids.rs",
        "lang.rs",
        "event/entry.rs",
        "event/fact.rs",
        "chain/canon.rs",
        "chain/key.rs",
        "chain/act.rs",
        "chain/tree.rs",
        "chain/hash.rs",
        "report/period.rs",
        "chain/checkpoint.rs",
        "chain/witness.rs",
        "chain/proof.rs",
        "chain/policy.rs",
        "store/files.rs",
        "render/qr.rs",
        "chain/private.rs",
        "vault/mod.rs",
        "attachments.rs",
    ];

    /// `{name:?}` as `{}`.
    fn pattern(literal: &str) -> String {
        let mut text = String::new();
        let mut inside = false;
        for c in literal.replace("\\\"", "\"").chars() {
            match c {
                '{' => text.push_str("{}"),
                '}' => {}
                c if !inside => text.push(c),
                _ => {}
            }
            inside = match c {
                '{' => true,
                '}' => false,
                _ => inside,
            };
        }
        text
    }

    #[test]
    fn every_cause_is_said_in_chinese_too() {
        let known: Vec<&str> = SENTENCES.iter().map(|(english, _)| *english).collect();
        for file in FILES {
            let path = format!("{}/src/{file}", env!("CARGO_MANIFEST_DIR"));
            let source = std::fs::read_to_string(path).unwrap();
            for part in source.split("#[error(\"").skip(1) {
                // What a form is to look like is said by a function of its own.
                if part.starts_with("{}\", ") {
                    let forms = ["write {}, not ", "a day is written "];
                    assert!(forms.iter().all(|form| known.iter().any(|k| k.starts_with(form))));
                    continue;
                }
                let said = pattern(part.split("\")]").next().unwrap());
                assert!(known.contains(&said.as_str()), "{file} says {said:?}");
            }
        }
    }

    #[test]
    fn what_is_in_a_sentence_is_said_in_chinese_too() {
        let said = "line 2: not a verifier key, written as name+id+base64: \"x\"";
        assert_eq!(chinese(&said), "第 2 行：不是验证公钥（写作 名称+编号+base64）：\"x\"");
        let said = "invalid type: floating point `5.1`, expected a string";
        assert_eq!(chinese(&said), "应为文字，实为数 5.1");
    }

    #[test]
    fn what_is_not_known_is_quoted() {
        assert_eq!(chinese(&"a detail from below"), "a detail from below");
    }
}
