"""Persons, things and events that a sentence may bring in as a cause or an actor, written by hand, as base forms."""

from __future__ import annotations

from reportgen.evidence.claims.statements import word_set

SUBJECTS = word_set(
    """
    tariff sanction embargo war invasion coup terrorism terrorist militia migration immigration immigrant migrant refugee foreigner smuggler trafficker gang cartel lobby lobbyist
    corruption fraud bribery mismanagement incompetence negligence greed profiteering speculation speculator sabotage conspiracy scandal hoax espionage hacker cyberattack malware
    drought flood wildfire hurricane earthquake tornado tsunami heatwave blizzard volcano virus influenza vaccine vaccination vaccinations alcohol drunk opioid tobacco smoking gun firearm
    crime criminal police army soldier troops veteran prisoner prison election voter senator mayor court lawsuit lawyer regulator
    regulation deregulation subsidy subsidies welfare pension austerity privatization privatisation nationalization tax taxes taxpayer debt inflation recession wage wages rent mortgage landlord tenant
    oil petroleum gasoline coal nuclear reactor solar wind turbine hydropower dam refinery battery batteries climate warming pollution emissions pesticide fertilizer plastic
    software robot robots automation algorithm outsourcing offshoring internet smartphone satellite semiconductor chip telecom import imports export exports brexit
    child children teenager parent elderly senior student teacher professor doctor physician nurse pharmacist farmer miner sailor shareholder investor billionaire millionaire
    bank banker hedge insurer monopoly monopolies retailer supermarket landowner developer contractor consultant journalist media newspaper misinformation disinformation propaganda religion church mosque school university
    hospital laboratory road highway railway railroad airport airline ship shipping tanker truck tram bicycle pedestrian cyclist
    cattle livestock fishery fisheries forest logging deforestation steel cement aluminum aluminium copper lithium diamond timber cotton wheat rice maize corn sugar coffee beef pork
    earthquake famine obesity cancer diabetes malaria tuberculosis measles cholera ebola polio dementia suicide overdose abortion divorce marriage fertility
    lottery gambling casino tourism tourist hotel restaurant football olympics museum theater opera
    mosquito wolf
    """
)
"""Words so concrete that a text speaks of them in a word of the same stem, or not at all."""
