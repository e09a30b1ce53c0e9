"""The rulebook's numbers, one group a phase. Values, units, ranges and sources stand in
`content/rulebook/parameters.toml`; the loader holds the two to the same names.
"""

from typing import NamedTuple


class Occasions(NamedTuple):
    """What the moment bears, of deeds and of words."""

    backlash: float
    most: float
    at_once: float
    renewed_days: float
    calm_days: float
    quiet_days: float


class Words(NamedTuple):
    """Phase 1."""

    reassure_lowers_stake: float
    shift_cost: float
    recent_days: float
    proof_scale: float
    aired_odds: float
    accusation_case: float
    accusation_momentum: float
    stood_down: float


class Agency(NamedTuple):
    """Phase 2."""

    monitoring: float
    favour_for_obeying: float
    favour_lost_when_caught: float
    grip_lost_by_defiance: float
    grip_gained_by_obeying: float


class Chance(NamedTuple):
    """Phase 3. Hazards are odds for each week."""

    splinter_hazard: float
    splinter_restrained_by_grip: float
    splinter_restrained_by_leaders: float
    splinter_stirred_by_anger: float
    splinter_restrained_by_fear: float
    splinter_after_leaderless: float
    splinter_restrained_by_truce: float
    splinter_restrained_by_chain: float
    third_party_hazard: float
    third_party_room: float
    stirred_by_force: float
    stirred_days: float
    protest_hazard: float
    protest_size: float
    protest_ceiling: float
    anniversary_anger: float
    discredit_case: float
    discredit_support: float
    discredit_coalition: float
    report_half_life: float


class Force(NamedTuple):
    """Phase 4."""

    protection_saves: float
    protection_spares_wounds: float
    warning_saves: float
    warning_spares_wounds: float
    toll_tail: float
    toll_cap: float
    mass_casualties: float
    reported_at_once: float
    tip_off_odds: float
    tip_off_leak: float
    pass_on_odds: float
    leak_odds: float
    leak_by_lean: float
    leak_saves: float
    concealment_saves: float
    strike_rockets_most: float
    guard_saves: float
    arrests_by_lean: float
    collateral_by_concealment: float
    improvised: float
    made_ready: float
    ready_spent: float
    wounds_tail: float


class Campaign(NamedTuple):
    """Phase 4: the militias' campaign of attacks, by the day."""

    attacks_per_week: float
    effort_half_life: float
    curb_half_life: float
    rest: float
    usual_anger: float
    usual_fear: float
    quarrels: float
    bursts: float
    by_guidance: float
    by_order: float
    by_arsenal: float
    left_by_truce: float
    caution: float
    restrained_by_chain: float
    restrained_by_guard: float
    weakness_invites: float
    serious_per_week: float
    outlook_weeks: float


class Dread(NamedTuple):
    """What one seat has to fear of another, beside credibility and reach."""

    assurance_weight: float
    unready: float
    ready_weight: float
    stake_weight: float
    usual_stake: float
    most: float


class Contingency(NamedTuple):
    """Phase 7: what an answer does, and what a blow out of the blue."""

    assurance_half_life: float
    assurance_by_answer: float
    trust_broken: float
    harm_of_answer: float
    harm_unprovoked: float
    blow_rung: float
    answer_support: float
    blow_support: float
    blow_coalition: float
    blow_momentum: float
    answer_cohesion: float
    blow_by_iran: float
    answer_standing: float
    blow_standing: float
    lapse_cohesion: float
    lapse_standing: float
    just_momentum: float
    wrong_case: float
    wrong_coalition: float
    wrong_support: float
    wrong_momentum: float
    right_case: float
    right_support: float


class Evidence(NamedTuple):
    """Phase 5. `prior_…` and `sees_…`: see the rulebook's page."""

    prior_tehran: float
    prior_militia: float
    prior_splinter: float
    prior_third_party: float
    lean_us_to_tehran: float
    lean_iraq_to_others: float
    sees_us: float
    sees_iran: float
    sees_militia: float
    sees_iraq: float
    facade_blurs: float
    estimate_width_us: float
    estimate_width_iran: float
    estimate_width_militia: float
    estimate_width_iraq: float
    estimate_half_life: float
    fresh_days: float
    finding_weight: float
    finding_weight_abroad: float
    finding_case: float
    revealed_weight: float


class Politics(NamedTuple):
    """Phase 6."""

    support_per_dead: float
    support_per_wounded: float
    support_rally: float
    support_blunder: float
    case_half_life: float
    case_rest: float
    support_half_life: float
    support_rest: float
    coalition_per_dead: float
    coalition_by_force: float
    coalition_half_life: float
    coalition_rest: float
    breach_authority: float
    breach_momentum: float
    dead_momentum: float
    notice_softens: float
    momentum_half_life: float
    momentum_rest: float
    authority_half_life: float
    authority_rest: float
    authority_by_unrest: float
    authority_by_caretaker: float
    standing_per_claim: float
    standing_by_martyrs: float
    martyr_per_militiaman: float
    standing_by_iraqi_dead: float
    standing_half_life: float
    standing_rest: float
    unrest_half_life: float
    unrest_rest: float
    pressure_bites: float
    cohesion_half_life: float
    cohesion_rest: float
    show_of_force_odds: float
    custody_ceiling: float
    show_of_force_authority: float
    release_half_life: float
    release_by_show: float
    quorum: float
    quorum_binding: float
    quorum_width: float
    vote_vents: float


class Deals(NamedTuple):
    """Phase 7, before the minds."""

    offer_days: float
    breach_belief: float
    breach_harm: float
    breach_weight: float
    kept_weight: float
    leak_hazard: float


class Minds(NamedTuple):
    """Phase 7."""

    anger_gain: float
    anger_half_life: float
    fear_weight: float
    anger_weight: float
    harm_attack: float
    harm_per_dead: float
    harm_per_wounded: float
    harm_per_partner: float
    harm_per_militiaman: float
    harm_patron_share: float
    harm_leaders: float
    harm_per_iraqi: float
    harm_per_detained: float
    harm_of_tip_off: float
    sponsor_blame: float
    agent_blame: float
    splinter_blame: float
    unsigned_blame: float
    sponsor_rung: float
    answer_window: float
    answer_slack: float
    record_weight: float
    record_unstaked: float
    bystander_weight: float
    record_half_life: float
    lapse_support: float


class Manner(NamedTuple):
    """How the computer players choose: no phase uses these."""

    sharpness: float
    hold_us: float
    hold_iran: float
    hold_militia: float
    hold_iraq: float
    fire: float
    barrage: float
    consolidate: float
    strike_on_death: float
    missile_on_debt: float
    word_sharpness: float
    unnamed_word: float
    silent_us: float
    silent_iran: float
    silent_militia: float
    silent_iraq: float


class Upkeep(NamedTuple):
    """Phase 8. Rates for each week."""

    supply: float
    workshop: float
    missile_supply: float
    missiles_by_pressure: float
    recruits: float
    leaders_rebuilt: float
    network_half_life: float
    network_floor: float
    network_ceiling: float
    grip_half_life: float
    grip_by_network: float
    concealment_half_life: float
    concealment_rest: float
    protection_half_life: float
    protection_rest: float
    guard_half_life: float
    guard_rest: float
    facade_half_life: float
    pressure_rest: float
    pressure_half_life: float
    pressure_by_mood: float
    pressure_usual_anger: float
    pressure_usual_fear: float
    pressure_quarrels: float
    ready_half_life: float
    favour_half_life: float
    favour_rest: float
    stake_half_life: float


class Endings(NamedTuple):
    """Phase 9."""

    brink_by_exchange: float
    brink_by_massacre: float
    brink_by_leaders: float
    brink_half_life: float
    war_odds: float
    expulsion_momentum: float
    withdrawal_troops: float
    collapse_authority: float
    settled_days: float


class TheoryNumbers(NamedTuple):
    """What the theories differ in. Which one holds is each game's own hidden truth: a phase looks a
    number up by `by_theory`. Units, ranges and values stand in `content/rulebook/theories.toml`.
    """

    fear_restrains: float
    anger_drives: float
    answer_ends: float


class Parameters(NamedTuple):
    """All groups."""

    occasions: Occasions
    words: Words
    agency: Agency
    chance: Chance
    force: Force
    campaign: Campaign
    evidence: Evidence
    politics: Politics
    deals: Deals
    minds: Minds
    dread: Dread
    contingency: Contingency
    upkeep: Upkeep
    endings: Endings
    choice: Manner


GROUPS: dict[str, type[NamedTuple]] = {
    "occasions": Occasions,
    "words": Words,
    "agency": Agency,
    "chance": Chance,
    "force": Force,
    "campaign": Campaign,
    "evidence": Evidence,
    "politics": Politics,
    "deals": Deals,
    "minds": Minds,
    "dread": Dread,
    "contingency": Contingency,
    "upkeep": Upkeep,
    "endings": Endings,
    "choice": Manner,
}
