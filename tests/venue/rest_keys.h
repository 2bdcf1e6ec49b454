#pragma once

/// What strict clients ask of each object, by the protocol reference.
namespace venue_test
{

inline constexpr const char* accountKeys =
    "account-number opened-at nickname account-type-name is-closed day-trader-status is-firm-error "
    "is-firm-proprietary is-futures-approved margin-or-cash is-foreign created-at external-id "
    "funding-date investment-objective suitable-options-level";
inline constexpr const char* customerKeys =
    "id first-name last-name address mailing-address is-foreign usa-citizenship-type mobile-phone-number birth-date "
    "email "
    "tax-number-type subject-to-tax-withholding has-industry-affiliation has-listed-affiliation "
    "has-political-affiliation has-delayed-quotes has-pending-or-approved-application is-professional "
    "permitted-account-types created-at";
inline constexpr const char* statusKeys =
    "account-number id equities-margin-calculation-type fee-schedule-name futures-margin-rate-multiplier "
    "has-intraday-equities-margin is-aggregated-at-clearing is-closed is-closing-only is-cryptocurrency-enabled "
    "is-frozen "
    "is-full-equity-margin-required is-futures-closing-only is-futures-intra-day-enabled is-futures-enabled "
    "is-in-day-trade-equity-maintenance-call is-in-margin-call is-pattern-day-trader "
    "is-small-notional-futures-intra-day-enabled is-roll-the-day-forward-enabled are-far-otm-net-options-restricted "
    "options-level short-calls-enabled small-notional-futures-margin-rate-multiplier is-equity-offering-enabled "
    "is-equity-offering-closing-only updated-at day-trade-count";
inline constexpr const char* balanceKeys =
    "account-number cash-balance long-equity-value short-equity-value long-derivative-value short-derivative-value "
    "long-futures-value short-futures-value long-futures-derivative-value short-futures-derivative-value "
    "long-margineable-value short-margineable-value margin-equity equity-buying-power derivative-buying-power "
    "day-trading-buying-power futures-margin-requirement available-trading-funds maintenance-requirement "
    "maintenance-call-value reg-t-call-value day-trading-call-value day-equity-call-value net-liquidating-value "
    "cash-available-to-withdraw day-trade-excess pending-cash pending-cash-effect long-cryptocurrency-value "
    "short-cryptocurrency-value cryptocurrency-margin-requirement unsettled-cryptocurrency-fiat-amount "
    "unsettled-cryptocurrency-fiat-effect closed-loop-available-balance equity-offering-margin-requirement "
    "long-bond-value "
    "bond-margin-requirement used-derivative-buying-power snapshot-date reg-t-margin-requirement "
    "futures-overnight-margin-requirement futures-intraday-margin-requirement maintenance-excess "
    "pending-margin-interest "
    "effective-cryptocurrency-buying-power updated-at";
inline constexpr const char* positionKeys =
    "account-number symbol instrument-type underlying-symbol quantity quantity-direction "
    "close-price average-open-price "
    "multiplier cost-effect is-suppressed is-frozen realized-day-gain realized-today "
    "created-at updated-at mark mark-price";
inline constexpr const char* rowKeys =
    "id account-number transaction-type transaction-sub-type description executed-at transaction-date "
    "value value-effect net-value net-value-effect is-estimated-fee";
inline constexpr const char* worthKeys =
    "open high low close pending-cash-open pending-cash-high pending-cash-low pending-cash-close total-open total-high "
    "total-low total-close time";
inline constexpr const char* marginKeys =
    "account-number description margin-calculation-type option-level margin-requirement margin-requirement-effect "
    "maintenance-requirement margin-equity option-buying-power reg-t-margin-requirement reg-t-option-buying-power "
    "maintenance-excess groups last-state-timestamp";
inline constexpr const char* limitKeys =
    "equity-order-size equity-option-order-size future-order-size future-option-order-size "
    "underlying-opening-order-limit equity-position-size equity-option-position-size future-position-size "
    "future-option-position-size";
inline constexpr const char* equityKeys =
    "id symbol instrument-type description short-description is-index is-etf active is-closing-only "
    "is-options-closing-only is-illiquid is-fraud-risk bypass-manual-review lendability borrow-rate listed-market "
    "market-time-instrument-collection overnight-trading-permitted is-fractional-quantity-eligible streamer-symbol "
    "tick-sizes option-tick-sizes";
inline constexpr const char* optionKeys =
    "symbol instrument-type active strike-price root-symbol underlying-symbol expiration-date exercise-style "
    "shares-per-contract option-type option-chain-type expiration-type settlement-type stops-trading-at "
    "market-time-instrument-collection days-to-expiration expires-at is-closing-only streamer-symbol";
inline constexpr const char* metricKeys =
    "symbol implied-volatility-index implied-volatility-index-5-day-change implied-volatility-index-rank "
    "tos-implied-volatility-index-rank tw-implied-volatility-index-rank tos-implied-volatility-index-rank-updated-at "
    "implied-volatility-index-rank-source implied-volatility-percentile implied-volatility-updated-at liquidity-value "
    "liquidity-rank liquidity-rating updated-at option-expiration-implied-volatilities liquidity-running-state beta "
    "beta-updated-at corr-spy-3month listed-market lendability borrow-rate market-cap implied-volatility-30-day "
    "historical-volatility-30-day historical-volatility-60-day historical-volatility-90-day iv-hv-30-day-difference "
    "price-earnings-ratio earnings-per-share";
inline constexpr const char* boardKeys =
    "symbol instrument-type updated-at bid bid-size ask ask-size mid mark last last-mkt open "
    "day-high-price day-low-price "
    "close close-price-type prev-close prev-close-price-type summary-date prev-close-date "
    "is-trading-halted halt-start-time "
    "halt-end-time year-low-price year-high-price beta volume";
inline constexpr const char* sessionKeys =
    "instrument-collection session-date state start-at open-at close-at close-at-ext next-session "
    "previous-session";

} // namespace venue_test
