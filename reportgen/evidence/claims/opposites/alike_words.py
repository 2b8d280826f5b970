"""Words that mean the same in policy texts, written by hand, for the comparison of what stands around: one line a meaning."""

LINES = """
job employment employ worker work payroll workforce occupation labor labour employer hiring
unemployment unemployed jobless joblessness
people person population resident inhabitant individual
household family home
country nation state economy
government administration state authority official
company firm business enterprise corporation maker manufacturer employer
price cost inflation cpi
inflation price
wage pay salary earnings income
revenue income receipt earnings takings
spending expenditure outlay expense spend
tax levy duty tariff
import purchase buy
export sale sell shipment
trade commerce
growth grow gdp output expansion economy
economy economic gdp
debt borrowing liability
deficit shortfall gap
budget appropriation
house housing home dwelling apartment flat
rent rental
car vehicle automobile auto
road highway
train rail railway railroad
plane aircraft airplane flight
ship vessel tanker boat
school education pupil student teacher
university college
hospital clinic health_facility
doctor physician
pandemic covid coronavirus epidemic outbreak
illness disease infection sick
death die fatality mortality dead kill toll
injury hurt wound injured
vaccine vaccination immunization jab shot immunize vaccinate
drug medicine medication pharmaceutical
health medical care healthcare
insurance coverage insure insured cover
farm farming agriculture agricultural farmer crop
food nutrition meal
hunger famine starvation undernourished malnutrition undernutrition
water river lake
flood flooding
fire blaze burn wildfire
storm hurricane cyclone
drought dry
emission carbon greenhouse pollution co2
pollution air smog haze particulate
climate warming
energy power electricity
oil petroleum crude
gas methane
coal
nuclear atomic reactor
renewable wind solar
war conflict fighting invasion
army military troop force soldier defense defence
weapon arm missile
attack strike assault
police officer
crime offense offence
court judge judicial ruling
law legislation act statute bill
rule regulation requirement
treaty agreement accord deal pact
talk negotiation discussion
election vote ballot poll
president leader
minister secretary
parliament congress legislature lawmaker senate
union association
money fund funding cash finance
loan credit lending
bank lender
interest rate
market
investment invest investor capital
plan strategy program programme scheme policy
project scheme
forecast projection outlook estimate expectation projected expected forecaster
report study paper analysis review
survey poll questionnaire
expert analyst researcher scientist author economist
goal target aim objective
limit cap ceiling
share proportion percentage fraction part
number total count amount
average mean
risk danger threat hazard
chance probability likelihood odds likely
benefit advantage gain boost
problem challenge difficulty
cause reason factor driver
effect impact consequence result
change shift
revise revision
finish complete completion
start begin
apply application applicant claim
reform overhaul
delay postponement wait backlog
shortage scarcity lack gap
need demand requirement
supply stock inventory
migrant immigrant refugee migration immigration asylum
child children youth young
woman women female
man men male
old elderly senior aged
poor poverty low-income
rich wealthy affluent advanced high-income developed
developing emerging
city urban town metropolitan
rural countryside village
region area district
border frontier
coast shore coastal
forest tree woodland
technology tech
chip semiconductor
internet broadband online digital
data figure statistic number
test trial
patient case
mail letter post parcel
service performance
year annual yearly
month monthly
quarter quarterly
decade
century
america american us u.s united
britain british uk u.k united
europe european eu
china chinese beijing
russia russian moscow
india indian
japan japanese
germany german
france french
canada canadian
mexico mexican
""".strip()
