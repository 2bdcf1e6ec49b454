#pragma once

#include "base/time.h"
#include "market/book.h"
#include "market/calendar.h"
#include "market/option_chain.h"
#include "market/symbols.h"

#include <memory>
#include <vector>

namespace vegadesk::tests
{

/// A listing of calls and puts on XYZ at whole strikes around 100, for the given expiries, registered in a Book.
struct ChainFixture {
    ChainFixture(std::vector<base::Date> expiries, int lowest, int highest)
    {
        definition.underlying.symbol = definition.underlying.streamerSymbol = "XYZ";
        definition.underlying.underlying = "XYZ";
        book.add(definition.underlying);
        for (const base::Date expiry : expiries) {
            for (int strike = lowest; strike <= highest; ++strike) {
                for (const auto right : {market::Right::Call, market::Right::Put}) {
                    market::Instrument option;
                    option.option = market::OptionTerms{"XYZ", expiry, right, base::Decimal::fromInteger(strike)};
                    option.symbol = *market::toOccSymbol(*option.option);
                    option.streamerSymbol = *market::toStreamerSymbol(*option.option);
                    option.type = market::InstrumentType::EquityOption;
                    option.underlying = "XYZ";
                    option.multiplier = 100;
                    option.expiresAt = market::expiryInstant(expiry, market::Settlement::PM);
                    book.add(option);
                    definition.options.push_back(option);
                }
            }
        }
        layout = std::make_shared<const market::OptionChain>(market::emptyChain(definition));
    }

    std::string symbol(base::Date expiry, int strike, market::Right right) const
    {
        return *market::toOccSymbol({"XYZ", expiry, right, base::Decimal::fromInteger(strike)});
    }

    market::Book book;
    market::ChainDefinition definition;
    std::shared_ptr<const market::OptionChain> layout;
};

} // namespace vegadesk::tests
