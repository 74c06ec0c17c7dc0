"""Which sentences do the acts on papers answer with?"""

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class PaperRefused(OfficeError):
    """An act on a paper that cannot be done as it was asked for."""


SENTENCES = {
    "papers.title_missing": Sentence(
        zh="没有填写标题。请按文书内容写明标题。", en="There is no title. Write what the paper is about."
    ),
    "papers.reason_missing": Sentence(
        zh="没有填写撤回原因。请写明原因；已编的号不再使用。",
        en="There is no reason. Say why it is withdrawn; its number is not given again.",
    ),
    "papers.nothing_differs": Sentence(
        zh="“{title}”的内容没有变化，不需要修改。",
        en="Nothing differs in “{title}”; there is nothing to revise.",
    ),
    "papers.no_issuer": Sentence(
        zh="当前岗位不属于任何机构，不能制发文书。请换用机构岗位。",
        en="Your post belongs to no organisation, so no paper can be issued. Switch to a post that does.",
    ),
    "papers.days_reversed": Sentence(
        zh="公示截止日期 {last} 早于起始日期 {first}。请改正其中一个日期。",
        en="The last day {last} of the notice is before the first {first}. Correct one of the two.",
    ),
    "papers.no_tasks": Sentence(
        zh="公示表没有整改任务。请至少填写一项。", en="The notice holds no task. Fill in at least one."
    ),
    "papers.no_channel": Sentence(
        zh="没有填写异议受理电话、地址或邮箱。请至少填写一种。",
        en="There is no way to object. Give a telephone number, an address or an e-mail.",
    ),
    "papers.nobody_on_site": Sentence(
        zh="没有填写到场人员。请写明谁到现场、哪天到现场。",
        en="Nobody is named who was on site. Say who went there and when.",
    ),
    "papers.nothing_asked": Sentence(
        zh="没有写明交办的要求。请写明要做什么、何时完成。",
        en="Nothing is asked for. Say what is to be done, and until when.",
    ),
    "papers.no_facts": Sentence(
        zh="没有填写事项内容。请至少填写一项。", en="The paper tells no fact. Fill in at least one."
    ),
    "papers.not_a_template": Sentence(
        zh="“{file}”不是 Word 模板。请上传不含宏的 .docx 文件。",
        en="“{file}” is no template. Bring a .docx file without macros.",
    ),
    "papers.template_retired": Sentence(
        zh="模板“{file}”已停用。请刷新后再看。", en="The template “{file}” is retired already. Reload."
    ),
    # what comes back
    "papers.no_code": Sentence(
        zh="“{file}”中没有找到二维码。请在下面选择文书或填写编号；也可以对正页面、光线均匀后重拍。",
        en="No code was found in “{file}”. Choose the paper or type its number below; or photograph it again,"
        " straight and in even light.",
    ),
    "papers.several_in_one": Sentence(
        zh="“{file}”中有 {count} 份文书的二维码。请分开拍照，或在下面指明是哪一份。",
        en="“{file}” shows the codes of {count} papers. Photograph each by itself, or say below which one it is.",
    ),
    "papers.foreign_code": Sentence(
        zh="“{file}”中的二维码不是本系统当前文书的。请核对；确属本系统的，请在下面填写编号。",
        en="The code in “{file}” belongs to no paper here that you may see. Check it, or type the paper's number.",
    ),
    "papers.no_such_number": Sentence(
        zh="没有编号为“{number}”的已制发文书，或您无权查看。请对照纸面核对编号。",
        en="No issued paper bears the number “{number}”, or you may not see it. Compare it with the sheet.",
    ),
    "papers.several_of_number": Sentence(
        zh="有几份文书的编号都是“{number}”。请打开要收回的文书，在该页上传。",
        en="Several papers bear the number “{number}”. Open the one that is meant and upload there.",
    ),
    "papers.returned_already": Sentence(
        zh="这份文件已作为“{title}”的签章件收回，没有重复办理。",
        en="This file was filed before as a signed copy of “{title}”; nothing was done twice.",
    ),
    "papers.not_a_picture": Sentence(
        zh="“{file}”不是照片或扫描件。请上传 JPG、PNG、TIFF、HEIC 或 PDF。",
        en="“{file}” is no photograph or scan. Bring JPG, PNG, TIFF, HEIC or PDF.",
    ),
    "papers.too_many": Sentence(
        zh="一次最多上传 {most} 份，这次有 {count} 份。请分几次上传。",
        en="At most {most} files at a time; these are {count}. Bring them in several goes.",
    ),
    "papers.gone_meanwhile": Sentence(
        zh="这份文件已过保存期限。请重新上传。", en="This file is no longer kept. Bring it again."
    ),
}
declare(SENTENCES)
