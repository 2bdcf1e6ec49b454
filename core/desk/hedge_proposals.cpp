#include "desk/hedge_proposals.h"

#include "desk/sentences.h"
#include "market/calendar.h"
#include "portfolio/order_intent.h"
#include "risk/hedging/hedge_planner.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace vegadesk::desk
{

namespace
{

constexpr double room = 0.0005; ///< of the price, beyond the touch: fills at once in a market that moves a little

struct Words {
    Q_DECLARE_TR_FUNCTIONS(HedgeProposals)
};

/// What the planner wants to know of the options on one underlying.
struct OptionsOn {
    double units = 0;               ///< shares of all contracts, long and short
    double years = market::unknown; ///< to the first expiry, which has most of the gamma
    double rate = 0;
    base::Quantity shares = 0; ///< held beside them
};

OptionsOn optionsOn(const RiskPicture& picture, std::size_t underlying)
{
    OptionsOn on;
    for (std::size_t i = 0; i < picture.book.positions.size(); ++i) {
        const risk::RiskPosition& position = picture.book.positions[i];
        if (position.underlying != underlying)
            continue;
        if (!position.option) {
            on.shares += picture.marking.positions[i].quantity;
            continue;
        }
        on.units += std::abs(position.shares());
        if (!(position.years >= on.years)) {
            on.years = position.years;
            on.rate = position.rate;
        }
    }
    return on;
}

QString reasonOf(risk::HedgeVerdict verdict)
{
    using risk::HedgeVerdict;
    switch (verdict) {
    case HedgeVerdict::Trade:
        return Words::tr("Back to the edge of the band.");
    case HedgeVerdict::Inside:
        return Words::tr("Inside the band: a hedge would cost more than it saves.");
    case HedgeVerdict::BelowLot:
        return Words::tr("Less than a share.");
    case HedgeVerdict::Quote:
        return Words::tr("The quote of the shares cannot be traded on now.");
    case HedgeVerdict::NearClose:
        return Words::tr("The session is about to end.");
    case HedgeVerdict::Working:
        return Words::tr("An order of its shares is working.");
    case HedgeVerdict::NotDue:
    case HedgeVerdict::Unknown:
        break;
    }
    return Words::tr("A figure of the options is not known.");
}

} // namespace

std::vector<HedgeProposal> hedgeProposals(const RiskPicture& picture)
{
    std::vector<HedgeProposal> proposals;
    const std::vector<risk::UnderlyingDelta> deltas = risk::netDeltas(picture.book);
    for (std::size_t i = 0; i < deltas.size(); ++i) {
        const OptionsOn on = optionsOn(picture, i);
        if (on.units == 0)
            continue;
        const risk::RiskUnderlying& underlying = picture.book.underlyings[i];
        HedgeProposal proposal;
        proposal.underlying = underlying.symbol;
        proposal.deltaShares = deltas[i].shares;
        risk::HedgeState state;
        state.now = picture.book.at;
        if (const auto session = market::sessionOn(market::newYorkDate(picture.book.at)))
            state.sessionClose = session->close;
        state.delta = deltas[i].shares;
        state.gamma = deltas[i].gamma;
        state.units = on.units;
        state.spot = underlying.spot;
        state.rate = on.rate;
        state.years = on.years;
        const auto quote = picture.quotes.find(underlying.symbol);
        state.isHedgeWorking = picture.workingShares.contains(underlying.symbol);
        state.isQuoteUsable = !picture.isOld && quote != picture.quotes.end();
        const risk::HedgeDecision decision = risk::planHedge({}, state);
        proposal.bandShares = decision.boundShares;
        if (underlying.isBroadIndex) {
            proposal.reason = Words::tr("An index has no shares: hedge with another underlying.").toStdString();
        } else {
            proposal.reason = reasonOf(decision.verdict).toStdString();
            if (decision.verdict == risk::HedgeVerdict::Trade)
                proposal.intent =
                    risk::hedgeIntent(decision, underlying.symbol, on.shares, quote->second, room, "ticket");
        }
        proposals.push_back(std::move(proposal));
    }
    return proposals;
}

} // namespace vegadesk::desk
