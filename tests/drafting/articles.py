"""Articles for the tests of drafts, written for them."""

FERRY = """\
# The Ferry Fleet Is Older Than Its Passengers Think

By Mara Quint

Harbor Gazette, March 4, 2024

## A fleet past its time

The Strait Ferry Authority carried 2.4 million passengers in 2023, up from 1.9 million in 2019. Fares rose 6.5 percent over the same
period, while the average age of a vessel reached 31 years. In 2016, the authority sold its oldest yard to a shipping company. Repairs now
take about 40 percent of the operating budget, according to the auditor general.

Two boats were withdrawn in January because their hulls had thinned below the legal minimum. The authority expects repair costs to reach
$85 million by 2027 if no new vessel is ordered.

## What it would take

A new boat costs between $60 million and $75 million, and a yard needs three years to build one. In 2021, the council approved a plan for
electric boats. The plan's budget was spent on hulls (48 percent), engines (33 percent) and docks (19 percent). Nobody has yet said who pays.

The council should order two vessels before the subsidy ends on June 30, 2025. Otherwise the ferry could lose its state license. In 2018,
the state tightened its safety rules for older hulls.
"""

KOREAN = """\
정부는 지난해 예산을 12.5% 늘렸다. 전문가들은 이 계획이 충분하지 않다고 말했다. 위원회는 2024년 3월에 보고서를 냈다.

새 법은 내년에 시행된다. 지방 정부는 비용을 걱정하고 있다. 수출은 350억 달러로 늘었다.
"""

PAGE = """\
<!doctype html><html lang="en-GB"><head><title>Wells run dry | The Valley Post</title>
<meta property="og:title" content="Wells run dry in the valley"><meta property="og:site_name" content="The Valley Post">
<meta name="author" content="Ines Okafor"><meta property="article:published_time" content="2024-05-02T08:00:00Z">
<link rel="canonical" href="https://valleypost.example/wells"></head><body><article><h1>Wells run dry in the valley</h1>
<p>Wells in the valley fell by 14 metres between 2010 and 2022. Farms pump 310 million cubic metres a year, and the aquifer regains only
190 million.</p><p>The water board says that pumping must fall by a third. A levy of £12 per megalitre would pay for the meters.</p>
<table><tr><th>Region</th><th>2012</th><th>2022</th></tr><tr><td>North</td><td>110</td><td>140</td></tr><tr><td>South</td><td>95</td><td>170</td></tr></table>
</article></body></html>
"""
