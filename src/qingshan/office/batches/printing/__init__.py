"""Which papers are usual for which act on a batch or single site, and what do they say of it?"""

from qingshan.office.batches.documents import opinion, result
from qingshan.office.batches.printing.opinions import filled_opinion
from qingshan.office.batches.printing.results import filled_result
from qingshan.office.batches.printing.sheet import acceptance
from qingshan.office.papers.usual import Printing, Usual
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.single_site import SingleAct

PRINTING = Printing(
    (
        Usual("acceptance", (BatchAct.ACCEPT, SingleAct.ACCEPT), acceptance),
        Usual(opinion.KIND.code, (BatchAct.ACCEPT, SingleAct.ACCEPT), filled_opinion),
        Usual(result.KIND.code, (BatchAct.GIVE_NOTICE, SingleAct.GIVE_NOTICE), filled_result),
    )
)
