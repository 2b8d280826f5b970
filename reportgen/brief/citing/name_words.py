"""The words by which an author's name is told: institutions, given names, and family names that come first."""


def split_words(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


INSTITUTIONS = split_words(
    "academy action administration agency alliance archive archives assembly assessment assessors associates association authority authorities "
    "bank board brief bulletin bureau cabinet campaign census center centers centre centres chamber church city club coalition "
    "college collective commission commissioner commissioners committee community companies company confederation conference congress consortium constellation "
    "consulting consultants convention cooperative corporation council county court courts data delegation department desk development directorate "
    "district division economics economist embassy enterprise enterprises exchange federation finance forum foundation fund gazette government group groups guardian "
    "headquarters herald holdings hospital house hub industries information initiative insights inspectorate institute institution institutions "
    "insurance intelligence international investors journal kingdom lab laboratories laboratory laboratories labs league legislature "
    "library magazine media mercury ministry mission mirror monitor museum nations network networks news newspaper newsroom newswire observatory observer "
    "office organisation organization organizations panel parliament partners partnership philanthropies police policy port post power press "
    "presidency program programme project publications radio railways registry reporter research reserve review school schools secretariat "
    "securities senate service services society staff standard states statistics strategies studies study summit survey system systems task "
    "team technologies telegraph television think times today tracker treasury tribunal tribune trust trustees union unit university watch "
    "wire working workers world "
    "climate energy health economic economics environmental environment european african asian american british canadian australian german french japanese "
    "korean chinese indian united national federal congressional global regional local municipal central state public "
    "human rights social medical scientific science sciences technology transport trade treaty monetary nuclear maritime marine naval agriculture "
    "agence agencia banco banque bundesamt bundesbank comisión commissariat conseil cour deutsche fondation gesellschaft institut instituto "
    "ministère ministerio ministerium oficina stiftung universidad université universität verband "
    "without against under inc ltd llc llp plc corp co gmbh ag nv sa & of for on in at by the and to from with"
)
"""Words that a person's name does not have, where no given name is known before them."""

GIVEN = split_words(
    "aaron abigail ada adam adrian ahmed alan albert alex alexander alexandra alice alicia allison amanda amy ana andrea andrew angela ann anna anne anthony "
    "antonio arthur ashley barbara ben benjamin beth betty bill bob brandon brenda brian bruce carl carlos carol caroline catherine charles charlotte cheryl "
    "chris christina christine christopher claire craig cynthia dan daniel daniela david deborah debra denis dennis diana diane donald donna dorothy douglas "
    "edward elena elizabeth ellen emily emma eric erica eva evelyn fatima fiona frances francis frank fred gary george gerald gloria grace greg gregory hannah "
    "harold harry heather helen henry howard ian irene jack jacob jacqueline james jan jane janet janice jason jean jeff jeffrey jennifer jeremy jerry jessica jill jim "
    "joan joe john jonathan jose joseph joshua joyce juan judith judy julia julie justin karen katherine kathleen keith kelly kenneth kevin larry laura lauren "
    "lawrence leo leslie linda lisa louis louise lucy luis luke marc margaret maria marie mark martha martin mary matthew megan melissa michael michelle mike "
    "miguel mohamed mohammed monica nancy natalie nathan nicholas nicole nina olivia pamela patricia patrick paul paula pedro peter philip philippe rachel "
    "ralph raymond rebecca richard robert roger ronald rosa rose roy russell ruth ryan samantha samuel sandra sara sarah scott sean sharon simon "
    "sophia sophie stephanie stephen steve steven susan teresa theresa thomas tim timothy todd tom tony troy tyler ursula victor victoria vincent virginia walter "
    "wayne wendy william zoe"
)

FAMILY_FIRST = split_words(
    "ahn bae baek ban byun cha chang cho choi chon chun chung eom goh gong gu gwon ha ham han heo hong huh hwang hyun im jang jeon jeong ji jin jo joo jung kang kim "
    "ko koo kwak kwon lee lim ma min moon myung na nam noh oh pak park pyo rhee roh ryu seo shim shin sohn son song suh sung um woo yang yeo yi yim yoo yoon yun "
    "bai cai cao chai chen cheng cui dai deng ding dong du duan fan fang feng fu gao ge gong guo hao he hou hu huang jia jiang jin kong lei li liang liao "
    "lin liu lu luo lyu ma mao meng ni pan peng qi qian qin qiu ren shao shen shi su sun tan tang tao tian wan wang wei wen wu xi xia xiang xiao xie xiong "
    "xu xue yan yao ye yin yu yuan zeng zhai zhang zhao zheng zhong zhou zhu zou chan cheung chow kwok lam lau leung ng wong yeung "
    "nguyen tran pham phan vu dang bui doan ngo hoang huynh trinh dinh truong"
)
"""Korean, Chinese and Vietnamese family names in Latin letters."""

GIVEN_TOO = split_words("kim lee gene jean may ray dean ha jo min son eun he long park young sun dong dang")
"""Those of them that may be a given name before a Western family name."""

PARTICLES = split_words(
    "van von der den de la las los del della dello dei degli di da das do dos du des le lo el al bin ibn bint ter ten zu zur zum vom af av st st. san abu ben"
)
SPANISH = split_words(
    "garcía garcia lópez silva santos souza oliveira pereira costa almeida ferreira ramos reyes cruz flores rivera torres morales ortiz castillo romero vargas "
    "castro ortega rubio molina delgado serrano blanco navarro moreno muñoz munoz romero alonso soto rojas mendoza medina aguilar vega campos herrera "
    "guerrero contreras salazar luna márquez díaz diaz ruiz pérez"
)
"""Family names of which Spanish and Portuguese names have two, besides those that end in -ez."""

TITLES = split_words(
    "mr mrs ms dr prof professor sir dame lord lady rep sen senator representative judge justice gen general col colonel capt captain admiral adm lt "
    "ambassador amb gov governor president minister secretary mayor chairman chairwoman rev hon"
)
SUFFIXES = split_words("jr sr ii iii iv phd ph.d md m.d jd j.d esq mba dphil mp obe cbe frs")

ARABIC_INSTITUTIONS = split_words(
    "منظمة وزارة مكتب صندوق هيئة مركز معهد جامعة مؤسسة وكالة مجلس لجنة بنك جمعية اتحاد برنامج إدارة مصرف حكومة دائرة شركة صحيفة جريدة قناة مجلة"
)
ARABIC_PARTICLES = split_words("بن ابن أبو ابو آل عبد بنت")
