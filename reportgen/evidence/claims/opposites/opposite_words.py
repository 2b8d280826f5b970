"""The table of opposites, written by hand: a line has the words of one side, a bar, and those of the other.

Words are base forms; an underscore joins words that stand side by side. A line that begins with "~" has words that are often both true of one thing,
and one that begins with "=" words that speak of what follows them.
"""

LINES = """
rise grow increase add gain climb jump leap soar surge higher expand expansion widen swell accelerate raise boost exceed above larger greater bigger rebound outpace surpass skyrocket balloon mount double triple quadruple inflate enlarge multiply escalate intensify spike upswing upturn uptick hike upward go_up come_up pick_up build_up revise_up add_to lengthen deepen step_up ramp_up scale_up speed_up heat_up longer extend hotter warmer | fall decline drop decrease shrink cut reduce reduction lower slide slip plunge plummet collapse tumble sink contract contraction narrow slow less fewer below smaller dwindle diminish halve trim recede subside erode erosion downturn slump ebb wane dip curb retreat cool moderate abate taper soften weaken decelerate go_down come_down bring_down scale_back pare downward stall stagnate revise_down take_from take_away shorten shorter slowdown roll_back scale_down edge_down cut_back dampen restrain ease melt colder cooler
grow rise expand boom advance increase rapid brisk surge thrive accelerate solid robust | stall stagnate stagnation flat recession shrink contract standstill freeze falter stumble flatline
raise lower cut hike reduce increase change | unchanged steady retain maintain hold_steady on_hold leave_unchanged keep_unchanged no_change
improve improvement better ease alleviate relieve recover recovery strengthen enhance upgrade heal progress fix | worsen worse deteriorate deterioration exacerbate aggravate degrade suffer decay fray crumble get_worse backslide regress
profit profitable surplus earn earning gain gains windfall in_the_black | loss losses lose deficit shortfall unprofitable in_the_red debt
gain get receive obtain win acquire keep retain | lose forfeit shed be_deprived miss_out
add hire create recruit employ take_on bring_in add_jobs create_jobs | shed cut dismiss lay_off fire layoff job_cut cut_job cut_jobs eliminate redundancy furlough sack let_go
support back favor favour endorse welcome champion advocate embrace approve approve_of be_for back_up praise call_for urge | oppose object resist reject criticize criticise condemn denounce protest disapprove fight contest decry be_against against warn_against veto
support boost help lift prop_up buoy underpin fuel spur aid assist sustain strengthen promote advance benefit | hold_back hamper drag hinder impede weigh_on hurt constrain restrain undermine depress curb dampen stifle weaken slow suffer obstruct hobble
win victory triumph prevail | lose defeat
eager willing willingness keen ready readiness happy enthusiastic | reluctant reluctance unwilling unwillingness hesitant hesitate loath wary refuse
allow permit legalize authorize authorise let enable license grant clear | ban prohibit forbid bar outlaw disallow block deny restrict stop refuse
strong strengthen stronger robust solid resilient resilience vigorous buoyant sturdy healthy sound hold_up brisk powerful firm steady | weak weaken weaker sluggish anemic feeble fragile frail vulnerable soft stumble falter faltering shaky poor tepid fading ailing
loosen relax lenient looser lax ease loose accommodative dovish | tighten stricter tougher tighter strict tight stringent restrictive hawkish
open reopen unlock liberalize liberalise opening | close closure shut shutdown seal lock closed
join enter accede accession sign_up stay_in remain_in | quit exit withdraw withdrawal leave pull_out drop_out
=majority most more_than_half over_half nearly_all almost_all mostly largely predominantly | minority few less_than_half fewer_than_half under_half hardly_any handful a_fraction small_minority
=many numerous countless majority multiple widespread | few handful scarce hardly_any only_a_few little
succeed success successful work effective effectiveness efficacious | fail failure unsuccessful ineffective flop futile useless fall_short
~safe safer safety harmless risk_free benign | dangerous unsafe hazardous harmful deadly perilous risky toxic lethal
cheap cheaper inexpensive affordable low_cost economical | expensive costly dear pricey unaffordable high_cost
fast quick rapid swift prompt speedy quickly swiftly | slow slowly sluggish gradual gradually delayed
ally friend friendly partner | rival enemy adversary foe hostile opponent
help benefit protect beneficial safeguard shield | hurt harm damage injure endanger expose threaten
accept agree agree_to approve adopt take_up consent accede | reject refuse decline turn_down rebuff spurn
~include cover contain comprise bring_in encompass | exclude leave_out omit exempt carve_out outside
open include cover | exclude leave_out spare
positive favorable favourable upbeat | negative unfavorable unfavourable adverse
optimistic optimism confident confidence hopeful upbeat bullish | pessimistic pessimism gloomy doubtful bearish despair
mandatory compulsory obligatory binding required requirement | voluntary optional nonbinding non_binding
permanent lasting durable enduring forever for_good | temporary short_lived fleeting passing interim provisional
cause trigger induce lead_to bring_about spark provoke | prevent avert avoid stave_off ward_off stop
high highly elevated large big great huge substantial considerable ample abundant | low small little slight modest limited negligible minimal marginal scarce sparse
~severe severely serious acute heavy intense dense major frequent common | mild minor light rare
~northern north northeast northwest | southern south southeast southwest
~eastern east | western west
confirm prove proven affirm establish verify confirmed | doubt dispute refute debunk disprove suspected suspect alleged presumed possible probable unconfirmed
~highest largest most biggest greatest maximum peak record_high busiest fastest | lowest smallest least fewest minimum record_low slowest
~urban city cities town | rural countryside village
~men man male boy boys | women woman female girl girls
~rich wealthy affluent high_income advanced developed industrialized | poor impoverished low_income developing disadvantaged neediest least_developed least_developing low_and_middle_income middle_income low_and_middle
~domestic | foreign overseas abroad
~local municipal | federal national central
~early earlier ahead ahead_of_schedule ahead_of_time sooner on_time | late later delay behind_schedule overdue postpone
~first initial | last final
survive survivor alive live recover recovery heal | die dead death kill fatal fatality perish succumb
remember last persist continue endure carry_on keep_on live_on stay | fade vanish expire disappear end stop cease fizzle lapse run_out die_out wear_off
within_budget on_budget under_budget stay_within | overrun over_budget outgrow cost_growth
~begin start launch commence open resume introduce initiate relaunch restart | stop halt cease abandon suspend scrap cancel terminate discontinue
advance progress move_forward proceed move_ahead make_headway gain_momentum on_course | stall deadlock stuck stalemate impasse bog_down freeze grind_to_a_halt break_down languish
agree agreement accord consensus unanimous unanimously unite united deal settle concur harmony | disagree disagreement divide split dispute discord dissent quarrel at_odds conflict rift contested disputed
complete whole full comprehensive thorough finish | incomplete partial unfinished missing lack lacking gap patchy thin
meet achieve attain fulfil fulfill satisfy comply | miss fall_short fail breach violate
within_reach on_track on_course close_to near well_on_track | out_of_reach far_from off_track beyond_reach
beat exceed surpass top outperform above_expectation surprise better_than_expected | disappoint miss fall_short below_expectation disappointing underperform worse_than_expected undershoot
depend depend_on hinge_on rely_on rest_on conditional contingent subject_to tie_to | regardless irrespective independent independently unconditional unconditionally no_matter
catch detect spot find notice capture identify register | miss overlook escape evade fail_to_detect
known identify understand understood clear certain transparent | unknown unclear uncertain mystery mysterious unexplained obscure opaque
impose levy introduce slap put_on charge apply | lift remove repeal waive scrap abolish drop end exempt
adopt enact finalize finalise ratify in_force take_effect enter_into_force | draft propose proposal pending
~adult adults elderly older old senior seniors aged | child children young youth teenager infant baby kid younger
~morning midday noon early_afternoon | evening night overnight nightfall dusk
~same unchanged equal alike identical similar | different differ diverge vary unequal unlike
~public state_owned nationalize nationalise government | private privatize privatise
disclose publish reveal release publicize made_public make_public go_public transparent | secret conceal hide withhold suppress confidential hidden cover_up
true accurate correct reliable right valid | false inaccurate wrong incorrect unreliable untrue flawed mistaken misleading erroneous
legal lawful constitutional legitimate | illegal unlawful unconstitutional illegitimate illicit
guilty convict responsible liable blame culpable | innocent acquit exonerate clear vindicate not_guilty
~simple easy straightforward simplify easier | complex complicated difficult hard complicate harder tough
certain sure inevitable guaranteed assured definite | uncertain unlikely doubtful unsure impossible improbable
~likely probable | unlikely improbable doubtful
adequate sufficient enough ample plenty | inadequate insufficient too_little too_few shortage scarce lack short too_small
stable stability steady calm orderly predictable | unstable volatile volatility turmoil unpredictable erratic unrest chaos
~peace peaceful truce ceasefire de_escalate | war warfare attack escalate hostilities invade invasion
~import buy purchase | export sell sale
~buy purchase acquire | sell sale divest dispose
~borrow borrower | lend lender
~lend_to creditor | debtor
~spend spending spender outlay | save saving savings thrift
attract draw entice lure welcome | repel deter scare_off discourage drive_away
encourage promote foster stimulate incentivize urge | discourage deter inhibit dissuade penalize
~trust confidence believe credible faith | distrust mistrust disbelieve suspicion skeptical sceptical doubt
satisfied content happy pleased delighted | dissatisfied unhappy angry displeased frustrated
admit acknowledge concede confess | deny dispute reject contest
deny | confirm acknowledge concede admit
obey comply follow respect observe honor | violate breach break flout ignore defy disregard
unite merge combine integrate | separate split break_up divide
~include inclusive equal equality equitable fair just | unequal inequality unfair unjust inequitable
efficient efficiency productive productivity | inefficient waste wasteful unproductive
~new novel modern recent latest | old outdated obsolete aging ageing former
~young | old
~active engage involve participate | inactive idle passive absent dormant
~employ employed job work working | unemployed jobless unemployment out_of_work without_work
insured insure covered | uninsured uninsurance
~expand extend broaden widen enlarge | restrict limit narrow curtail confine
increase_taxes raise_taxes tax_increase tax_rise tax_hike | tax_cut cut_taxes tax_relief lower_taxes
fund finance subsidize subsidise pay_for invest | defund cut_off starve withhold
~keep retain preserve maintain uphold leave | scrap abolish abandon drop remove repeal discard eliminate overturn
uphold affirm sustain | overturn overrule reverse quash strike_down void annul
centralize centralise | decentralize decentralise devolve
~hot warm warming heat | cold cool cooling chill
~wet rain flood rainy humid | dry drought arid
clean cleaner unpolluted renewable | dirty polluted contaminate pollute
~full crowded overcrowded | empty vacant deserted
~visible obvious evident apparent | invisible hidden
~wide broad extensive far_reaching sweeping | narrow limited confined modest
~deep profound | shallow superficial
~leader lead leading front_runner top | laggard trail lag behind bottom last
superior ahead better | inferior behind worse
~offensive attack assault aggressor | defensive defend defence defense
~arrive arrival immigrate immigration come inflow enter inbound | depart departure emigrate emigration flee outflow leave outbound
~inflow influx | outflow exodus
import_dependent dependent reliant dependence reliance rely | independent self_sufficient self_reliant independence autonomy
~centrist moderate mild | extreme radical extremist
consistent consistently steady steadily always regular regularly constant | inconsistent sporadic occasional occasionally rarely irregular intermittent erratic
always often frequently usually typically routinely | never rarely seldom hardly_ever
~concentrated concentrate cluster | dispersed widespread spread evenly
~direct directly | indirect indirectly
voluntary willingly freely | forced coerce compelled unwillingly
appoint nominate hire promote | dismiss fire oust sack remove demote
elect reelect re_elect | oust unseat defeat vote_out
deploy send station | withdraw recall pull_back
arm rearm armed | disarm disarmament unarmed
capture seize conquer occupy | liberate free release return
arrest jail imprison detain | release free pardon acquit
~advantage strength upside | disadvantage weakness drawback downside drawbacks
~abundance abundant plentiful glut oversupply surplus | scarcity shortage scarce dearth deficit lack
overestimate overstate exaggerate inflate | underestimate understate downplay
overfunded fully_funded | underfunded unfunded
appreciate strengthen | depreciate devalue
~male | female
~conservative republican | liberal democratic democrat
~majority_owned owner landlord employer | tenant renter employee
~producer supplier seller exporter | consumer buyer customer importer
~supply | demand
~offer provide supply give grant donate deliver contribute | withhold deny refuse withdraw take seize
~revenue | outlay expense expenditure spending
~asset | liability
~input | output
~upside gain reward | risk downside
urgent pressing immediate priority | unimportant can_wait deferred
relevant matter important significant key central crucial vital critical | irrelevant unimportant insignificant trivial marginal negligible
optimal best | worst
~best excellent good outstanding | worst bad poor dismal
~good well | bad badly poorly
welcome popular popularity | unpopular resented
aware know informed | unaware ignorant uninformed
prepared ready | unprepared unready
limited finite capped | unlimited unrestricted uncapped
conditional | unconditional
avoidable preventable curable treatable reversible | unavoidable inevitable incurable irreversible
possible feasible viable realistic achievable practicable | impossible infeasible unworkable unrealistic unattainable unviable
sustainable | unsustainable
equal_to match | differ
reduce_risk safer protect | endanger riskier threaten imperil
simultaneously together jointly joint collectively cooperate cooperation | separately alone individually unilaterally unilateral
bilateral multilateral | unilateral
symmetric | asymmetric
pass clear carry | fail defeat reject block stall
vote_for | vote_against
innocent | guilty
on_time punctual punctuality | late delayed tardy
positive_test test_positive tested_positive positive | test_negative tested_negative negative
vaccinated | unvaccinated
licensed license approved | unlicensed unapproved
documented legal | undocumented
sheltered | unsheltered
~skilled | unskilled
~married | unmarried single
~inside within indoors | outside beyond outdoors
~place put exert pile | ease relieve take_off
~upstream | downstream
~short_term near_term | long_term
~winter | summer
~spring | autumn
~weekday | weekend
~past previous | future next coming upcoming
~last past | next coming
~minimum floor at_least | maximum ceiling at_most cap
~buyer | seller
~teacher | student pupil
~patient | doctor physician nurse
~victim | perpetrator attacker
~plaintiff | defendant
~landowner owner | tenant renter
upgrade | downgrade
overcome defeat beat | succumb yield
honest transparent | dishonest corrupt
reuse recycle | waste discard landfill
construct build erect | demolish destroy dismantle tear_down raze
repair restore rebuild fix mend | damage destroy neglect wreck
gain_ground catch_up close_the_gap converge narrow_the_gap | lose_ground fall_behind lag diverge widen_the_gap fall_further_behind
oversee regulate regulated regulation | deregulate unregulated deregulation
centrality core central | peripheral marginal
liquid | illiquid
solvent | insolvent bankrupt
~primary main chief principal | secondary minor
~active_duty | reserve
adhere stick_to | depart_from deviate
honor keep | break renege
defend justify | attack criticize criticise
shrink_the_gap | widen_the_gap
""".strip()


def read_lines() -> list[tuple[bool, list[str], list[str]]]:
    """Return each line as whether it is loose, and the words of its two sides."""
    found = []
    for line in LINES.split("\n"):
        plus, _, minus = line.lstrip("~").partition("|")
        found.append((line[0] == "~", plus.split(), minus.split()))
    return found
