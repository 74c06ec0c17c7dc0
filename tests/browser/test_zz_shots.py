from shapely.geometry import box, Polygon
from qingshan.office.mines.models import *
from qingshan.office.mines.actions import find_likeness
from qingshan.office.mines.tests.factories import workbook, an_enterprise, NOW
from qingshan.office.accounts.models import Organisation
from tests.browser.test_the_same_mine_twice import *

def shot(page, name):
    page.screenshot(path=f"/tmp/likeness/{name}.png", full_page=True)

def test_shots(people, page_for, tmp_path, watch):
    watch.expect(".*")
    firm = Organisation.objects.get(uscc="91110000600037341L")
    reg = people.regions["990101"]
    a = Mine.objects.create(key="K-1", name="青石县老虎沟石灰岩矿", region=reg, enterprise=firm, mineral="建筑石料用灰岩", method="open_pit", scale="small", state="producing", licence_no=LICENCE, geom=Polygon([(122.1,33.1),(122.104,33.1005),(122.1045,33.103),(122.1,33.1035)]))
    b = Mine.objects.create(key="N-0099", name="老虎沟采石场", region=reg, mineral="石灰岩", method="open_pit", state="stopped", licence_no=LICENCE, geom=Polygon([(122.1008,33.1004),(122.1047,33.1009),(122.105,33.1037),(122.1005,33.104)]), note="县里旧台账")
    for i in range(3): Site.objects.create(key=f"S-{i}", region=reg, mine=b, name=f"采坑{i}")
    MiningRight.objects.create(key=LICENCE, region=reg, mine=a, enterprise=firm)
    c = Mine.objects.create(key="K-7", name="大柳沟采石场", region=reg, mineral="建筑石料用灰岩")
    d = Mine.objects.create(key="N-12", name="大柳沟石料厂", region=reg, mineral="灰岩")
    find_likeness(Mine.objects.all(), now=NOW)
    pair = Likeness.objects.get(first=a)
    f = workbook(tmp_path, HEADERS, a_mine("X-1","老虎沟石料厂",LICENCE,122.102), a_mine("X-2","大柳沟采石场","",122.4), a_mine("X-3","白马寺砖厂","",122.45), name="各县矿山.xlsx")
    who = "registry_officer"
    for lang in ("zh-hans","en"):
        for vp,n in (({"width":1366,"height":768},"desk"),({"width":390,"height":844},"phone")):
            page = page_for(people[who], viewport=vp, language=lang)
            page.goto("/mines/likeness/"); shot(page, f"list-{lang}-{n}")
            page.goto(f"/mines/likeness/{pair.pk}/"); shot(page, f"pair-{lang}-{n}")
    page = page_for(people[who])
    bring(page, f)
    page.reload()
    shot(page, "import-zh")
    url = page.url
    for lang,vp,n in (("en",{"width":1366,"height":768},"en"),("zh-hans",{"width":390,"height":844},"phone")):
        p2 = page_for(people[who], viewport=vp, language=lang); p2.goto(url); shot(p2, f"import-{n}")
    page.goto(f"/mines/likeness/{pair.pk}/")
    page.get_by_label("认定说明").fill("许可证同一，现场只有一处")
    page.get_by_role("button", name="合并为一座矿山").click()
    shot(page, "merged")
    page.goto(f"/mines/{b.pk}/"); shot(page, "absorbed")
