#include "market/symbols.h"
#include "risk/gate/order_checks.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::risk
{

namespace
{

using base::SentenceNumber;
using base::translatable;
using market::contractName;
using market::InstrumentType;
using portfolio::OrderIntent;
using portfolio::OrderType;

void add(std::vector<Refusal>& refusals, std::string code, base::Sentence sentence, double value = market::unknown,
         double limit = market::unknown)
{
    refusals.push_back({std::move(code), std::move(sentence), value, limit});
}

} // namespace

NetQuote netQuoteOf(const OrderIntent& intent, std::span<const InstrumentState> instruments)
{
    std::vector<double> natural;
    std::vector<double> mid;
    double gross = 0;
    const base::Quantity units = portfolio::unitCount(intent);
    for (std::size_t i = 0; i < instruments.size() && i < intent.legs.size(); ++i) {
        const market::Quote& quote = instruments[i].quote;
        natural.push_back(market::touchOf(quote, portfolio::isBuy(intent.legs[i].action)));
        mid.push_back(quote.ask > 0 ? quote.mid() : market::unknown);
        gross += units > 0 ? natural.back() * static_cast<double>(intent.legs[i].quantity / units) : 0;
    }
    return {portfolio::netPrice(intent, natural), portfolio::netPrice(intent, mid), gross};
}

void checkPrice(const OrderIntent& intent, std::span<const InstrumentState> instruments, std::vector<Refusal>& refusals,
                std::vector<base::Sentence>* warnings)
{
    for (const InstrumentState& instrument : instruments) {
        using market::QuoteFlag;
        if (instrument.flags.has(QuoteFlag::Stale)) {
            if (warnings)
                warnings->push_back({translatable("Core", "The quote of %1 has not changed for a while: the market may "
                                                          "be elsewhere by now."),
                                     {contractName(instrument.symbol)}});
            else
                add(refusals, "quote",
                    {translatable("Core", "The quote of %1 is too old."), {contractName(instrument.symbol)}});
        }
        for (const auto& [flag, form] :
             {std::pair{QuoteFlag::Crossed, translatable("Core", "The quote of %1 is crossed.")},
              std::pair{QuoteFlag::Invalid, translatable("Core", "The quote of %1 is not valid.")}}) {
            if (instrument.flags.has(flag))
                add(refusals, "quote", {form, {contractName(instrument.symbol)}});
        }
    }
    const NetQuote net = netQuoteOf(intent, instruments);
    if (!std::isfinite(net.natural))
        return add(refusals, "unknown_value",
                   {translatable("Core", "A bid or ask that the order would trade at is not known.")});

    const bool isOption = intent.legs.front().type == InstrumentType::EquityOption;
    const auto allowance = [&](double around) {
        constexpr double least = 0.05;
        if (!isOption)
            return std::max(least, 0.01 * std::abs(around));
        return std::max({least, 0.10 * std::abs(around), 0.005 * net.gross});
    };
    const double limit = portfolio::signedLimit(intent);
    if (intent.type == OrderType::Stop || intent.type == OrderType::StopLimit) {
        // Triggered, it meets other quotes than today's: only its own two prices can be compared.
        const double trigger = intent.stopTrigger->toDouble();
        const double price = std::abs(limit);
        const bool buys = portfolio::isBuy(intent.legs.front().action);
        const double mark = std::abs(net.mid);
        if (!std::isfinite(mark))
            add(refusals, "unknown_value",
                {translatable("Core", "The middle of the quote of %1 is not known, which a stop is compared with."),
                 {contractName(intent.legs.front().symbol)}});
        if (buys ? trigger <= mark : trigger >= mark)
            add(refusals, "stop_trigger",
                {buys ? translatable("Core", "The market is at %1: a stop that buys needs a trigger above that, or it "
                                             "would trade at once. The trigger is %2.")
                      : translatable("Core", "The market is at %1: a stop that sells needs a trigger below that, or it "
                                             "would trade at once. The trigger is %2."),
                 {SentenceNumber{mark, 2}, SentenceNumber{trigger, 2}}},
                trigger, mark);
        const double worse = buys ? price - trigger : trigger - price;
        if (intent.type == OrderType::StopLimit && worse > allowance(trigger))
            add(refusals, "price_band",
                {translatable("Core", "The limit is %1 beyond its trigger; at most %2 is allowed."),
                 {SentenceNumber{worse, 2}, SentenceNumber{allowance(trigger), 2}}},
                worse, allowance(trigger));
        return;
    }
    if (intent.type == OrderType::Market) {
        if (!(std::abs(net.natural) > 0))
            return add(refusals, "quote",
                       {translatable("Core", "Nobody pays anything for %1 now: use a limit."),
                        {contractName(intent.legs.front().symbol)}});
        if (!std::isfinite(net.mid))
            return add(refusals, "unknown_value",
                       {translatable("Core", "The other side of the quote is not known: use a limit.")});
        const double crossing = net.natural - net.mid;
        if (crossing > allowance(net.mid))
            add(refusals, "price_band",
                {translatable("Core",
                              "A market order would trade %1 away from the mid; at most %2 is allowed. Use a limit."),
                 {SentenceNumber{crossing, 2}, SentenceNumber{allowance(net.mid), 2}}},
                crossing, allowance(net.mid));
        return;
    }
    const double room = allowance(net.natural);
    if (limit - net.natural > room) {
        add(refusals, "price_band",
            {net.natural > 0
                 ? translatable("Core", "The price is %1 worse than the market's %2 debit; at most %3 is allowed.")
                 : translatable("Core", "The price is %1 worse than the market's %2 credit; at most %3 is allowed."),
             {SentenceNumber{limit - net.natural, 2}, SentenceNumber{std::abs(net.natural), 2},
              SentenceNumber{room, 2}}},
            limit - net.natural, room);
    } else if (limit * net.mid < 0 && limit * net.natural < 0 && std::abs(net.mid) > room &&
               std::abs(net.natural) > room) {
        add(refusals, "price_effect",
            {net.natural > 0 ? translatable("Core", "The market asks a debit of %1, the order says credit.")
                             : translatable("Core", "The market asks a credit of %1, the order says debit."),
             {SentenceNumber{std::abs(net.natural), 2}}},
            limit, net.natural);
    }
}

} // namespace vegadesk::risk
