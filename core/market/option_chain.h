#pragma once

#include "market/book.h"
#include "market/instrument.h"
#include "market/quote.h"

#include <memory>
#include <string>
#include <vector>

namespace vegadesk::market
{

/// One side (calls or puts) of an expiration, as columns that share the strikes' index.
/// A strike without that contract has an empty symbol and NaN everywhere.
struct OptionColumns {
    std::vector<std::string> symbols;
    std::vector<InstrumentIndex> instruments; ///< noInstrument when the chain did not come from a Book
    std::vector<double> bid, ask, bidSize, askSize, last, volume, openInterest;
    std::vector<QuoteFlags> flags;
    std::vector<base::Instant> time;

    void resize(std::size_t count);
    std::size_t size() const { return symbols.size(); }
    Quote quoteAt(std::size_t row) const { return {bid[row], ask[row], bidSize[row], askSize[row], time[row]}; }
};

/// One expiry of one root. Strikes ascend; both sides have one entry a strike.
struct Expiration {
    std::string root; ///< "SPX" and "SPXW" on one day are two expirations
    base::Date date{};
    base::Instant expiresAt{};
    Settlement settlement = Settlement::PM;
    ExpirationType type = ExpirationType::Regular;
    ExerciseStyle style = ExerciseStyle::American;
    int multiplier = 100;
    TickTable ticks;
    std::vector<double> strikes;
    OptionColumns calls, puts;

    const OptionColumns& side(Right right) const { return right == Right::Call ? calls : puts; }
    OptionColumns& side(Right right) { return right == Right::Call ? calls : puts; }
};

/// Delivers something else than 100 shares: after a split or a merger such series go on under a root that ends in a digit, or
/// under another multiplier. What they are worth is not what their strikes say.
bool isAdjusted(const Expiration& expiration);

/// A whole chain at one instant. Expirations ascend by date, then root.
struct OptionChain {
    std::string underlying;
    base::Instant at{};
    Quote underlyingQuote;
    QuoteFlags underlyingFlags; ///< of that quote
    double underlyingLast = unknown;
    bool isSpotStale = false; ///< what spot() goes by is older than the limit
    std::vector<Expiration> expirations;

    /// Mid of the underlying's quote where it is two-sided, else its last trade; NaN when neither is known. Of any age: see
    /// isSpotStale.
    double spot() const;
    bool isSpotFromQuote() const;
};

/// Where an option symbol stands in a chain.
struct ChainPosition {
    std::size_t expiration = 0;
    std::size_t row = 0;
    Right right = Right::Call;
};
std::optional<ChainPosition> find(const OptionChain& chain, std::string_view symbol);

/// The listed contracts of an underlying, without prices: what ReferenceData answers.
struct ChainDefinition {
    Instrument underlying;
    std::vector<Instrument> options; ///< any order
};

/// Columns for `definition`, priced from the Book; quotes are classified at `now`.
/// The layout (expirations, strikes, symbols) depends on the definition alone.
OptionChain makeChain(const ChainDefinition& definition, const Book& book, base::Instant now, base::Nanos staleAfter);
/// The same layout with every price unknown.
OptionChain emptyChain(const ChainDefinition& definition);
/// Fills the prices of a chain made by emptyChain() or makeChain(), all of it or one expiration. Contracts the
/// Book has come to know since are looked up by symbol; those it does not know stay unknown.
void refresh(OptionChain& chain, const Book& book, base::Instant now, base::Nanos staleAfter);
void refresh(Expiration& expiration, const Book& book, base::Instant now, base::Nanos staleAfter);

} // namespace vegadesk::market
