#pragma once

#include "history/import/column_map.h"
#include "history/import/line_scanner.h"
#include "history/store/chain_builder.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace vegadesk::history
{

/// What a line of quotes says. Views are into the line.
struct QuoteLine {
    std::string_view underlying, root; ///< root: the underlying where no column tells it
    bool isRootKnown = false;
    base::Instant at{};
    base::Date date{}; ///< New York's, of `at`
    base::Date expiry{};
    std::optional<market::Settlement> settlement{};
    double spot = market::unknown, spotBid = market::unknown, spotAsk = market::unknown;
    std::array<QuoteRow, 2> rows{}; ///< without number and expiration
    std::size_t rowCount = 0;       ///< 0: neither side of the strike has a quote
    bool isNewSnapshot = true;      ///< not the underlying and instant of the line before
    bool isNewExpiration = true;    ///< not its root and expiry
    bool isNewSpot = true;
};

/// Why a line cannot be read.
struct BadField {
    std::size_t column = 0;
    std::string_view allowed; ///< a literal
};

/// Reads the lines of one table by a map. What lines share with the one before is not read again.
class QuoteLines
{
public:
    /// `fileName` gives the underlying where neither table nor map does. All must outlive this.
    QuoteLines(const LineScanner& lines, const ColumnMap& map, const Columns& columns, std::string_view fileName);

    /// The present line of the scanner. After a bad one the next is read afresh.
    std::optional<BadField> read(QuoteLine& out);

private:
    std::optional<std::size_t> column(Field field) const { return m_columns[static_cast<std::size_t>(field)]; }
    std::string_view text(Field field) const
    {
        const auto place = column(field);
        return place ? m_lines.field(*place) : std::string_view();
    }
    std::optional<BadField> bad(Field field, std::string_view allowed) const;
    std::optional<BadField> readInstant(QuoteLine& out);
    std::optional<BadField> readTerms(QuoteLine& out);
    std::optional<BadField> readOne(QuoteLine& out) const;
    std::optional<BadField> readBoth(QuoteLine& out) const;
    std::optional<BadField> readSpot(QuoteLine& out);
    template<class Number>
    std::optional<BadField> readPrice(Field field, Number& value) const;
    std::optional<BadField> readSizes(Field field, QuoteRow& row) const;
    std::optional<std::chrono::nanoseconds> timeOfDay(std::string_view text) const;
    void settle(QuoteRow& row) const;

    const LineScanner& m_lines;
    const ColumnMap& m_map;
    const Columns& m_columns;
    std::string m_fileUnderlying;
    // The texts of the line before, and what they mean:
    std::string m_underlying, m_dateText, m_timeText, m_expiryText, m_root, m_spotText, m_spotBidText, m_spotAskText;
    base::Instant m_at{};
    base::Date m_date{}, m_expiry{};
    double m_spot = market::unknown, m_spotBid = market::unknown, m_spotAsk = market::unknown;
    bool m_isFresh = true; ///< nothing before
};

/// When that day's session closes; 16:00 of a day that has none.
base::Instant closeOf(base::Date date);
/// "SPX" of "…/spx_eod_202301.txt".
std::string underlyingOfFile(std::string_view path);

} // namespace vegadesk::history
