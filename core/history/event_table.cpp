#include "history/event_table.h"

#include "history/csv_file.h"

#include <algorithm>

namespace vegadesk::history
{

namespace
{

struct EventColumns {
    std::size_t underlying = 0, kind = 0, announced = 0, effective = 0;
    std::optional<std::size_t> payDate, amount, newShares, oldShares;
};

base::Result<EventColumns> eventColumns(const CsvFile& file)
{
    EventColumns columns;
    for (const auto& [name, column] :
         {std::pair{"underlying", &columns.underlying}, std::pair{"kind", &columns.kind},
          std::pair{"announced", &columns.announced}, std::pair{"effective", &columns.effective}}) {
        const auto found = file.column(name);
        if (!found)
            return base::fail(base::ErrorKind::NotFound, name, file.path(), "there is no column of that name");
        *column = *found;
    }
    columns.payDate = file.column("pay_date");
    columns.amount = file.column("amount");
    columns.newShares = file.column("new_shares");
    columns.oldShares = file.column("old_shares");
    return columns;
}

std::optional<CorporateActionKind> actionKind(std::string_view text)
{
    using enum CorporateActionKind;
    for (const CorporateActionKind kind : {Split, SpecialDividend, SpinOff, Merger, SymbolChange, Delisting}) {
        if (text == toText(kind))
            return kind;
    }
    return std::nullopt;
}

/// Dollars above 0.
base::Result<base::Decimal> amountOf(const CsvFile& file, const EventColumns& columns)
{
    const std::size_t column = columns.amount.value_or(columns.kind);
    if (columns.amount) {
        const auto amount = base::Decimal::parse(file.field(column));
        if (amount && *amount > base::Decimal{})
            return *amount;
    }
    return file.refuse(column, "an amount above 0 in the column amount");
}

base::Result<int> sharesOf(const CsvFile& file, std::optional<std::size_t> column, std::size_t otherwise)
{
    constexpr std::int64_t most = 10'000;
    const auto count = column ? file.integer(*column) : base::Result<std::int64_t>(0);
    if (!count)
        return tl::make_unexpected(count.error());
    if (*count < 1 || *count > most)
        return file.refuse(column.value_or(otherwise), "1 to 10000 new_shares and old_shares of a split");
    return static_cast<int>(*count);
}

base::Result<void> readDividend(const CsvFile& file, const EventColumns& columns, base::Date announced,
                                base::Date exDate, EventTable& table)
{
    const auto amount = amountOf(file, columns);
    if (!amount)
        return tl::make_unexpected(amount.error());
    if (!columns.payDate)
        return file.refuse(columns.kind, "a dividend with its pay_date");
    const auto payDate = file.date(*columns.payDate);
    if (!payDate)
        return tl::make_unexpected(payDate.error());
    if (*payDate < exDate)
        return file.refuse(*columns.payDate, "not before the ex-date");
    table.payments.push_back({exDate, *payDate, *amount, announced});
    return {};
}

base::Result<void> readAction(const CsvFile& file, const EventColumns& columns, CorporateAction action,
                              EventTable& table)
{
    if (action.kind == CorporateActionKind::Split) {
        const auto newShares = sharesOf(file, columns.newShares, columns.kind);
        const auto oldShares = sharesOf(file, columns.oldShares, columns.kind);
        if (!newShares || !oldShares)
            return tl::make_unexpected(newShares ? oldShares.error() : newShares.error());
        action.newShares = *newShares;
        action.oldShares = *oldShares;
    } else if (action.kind == CorporateActionKind::SpecialDividend ||
               (action.kind == CorporateActionKind::Merger && columns.amount && !file.field(*columns.amount).empty())) {
        const auto amount = amountOf(file, columns);
        if (!amount)
            return tl::make_unexpected(amount.error());
        action.cash = *amount;
    }
    table.actions.push_back(action);
    return {};
}

} // namespace

base::Result<EventTable> readEventTable(const std::string& path, std::string_view underlying)
{
    auto file = CsvFile::read(path);
    if (!file)
        return tl::make_unexpected(file.error());
    const auto columns = eventColumns(*file);
    if (!columns)
        return tl::make_unexpected(columns.error());
    EventTable table;
    while (file->next()) {
        if (file->field(columns->underlying) != underlying)
            continue;
        const auto announced = file->date(columns->announced);
        const auto effective = file->date(columns->effective);
        if (!announced || !effective)
            return tl::make_unexpected(announced ? effective.error() : announced.error());
        if (*announced > *effective)
            return file->refuse(columns->announced, "not after the date that it is of");
        const std::string_view kind = file->field(columns->kind);
        if (kind == "report") {
            table.reports.push_back({*effective, *announced});
            continue;
        }
        const auto action = actionKind(kind);
        if (kind != "dividend" && !action)
            return file->refuse(
                columns->kind,
                "dividend, report, split, special dividend, spin-off, merger, symbol change or delisting");
        const auto read = action ? readAction(*file, *columns, {*action, *announced, *effective, 1, 1, {}}, table)
                                 : readDividend(*file, *columns, *announced, *effective, table);
        if (!read)
            return tl::make_unexpected(read.error());
    }
    std::ranges::stable_sort(table.payments, {}, &CashPayment::exDate);
    std::ranges::stable_sort(table.reports, {}, &ExpectedReport::date);
    std::ranges::stable_sort(table.actions, {}, &CorporateAction::effective);
    return table;
}

base::Result<std::unique_ptr<ChainSource>> withEventTable(std::unique_ptr<ChainSource> source, const std::string& path)
{
    auto own = readEventTable(path, source->underlying());
    if (!own)
        return tl::make_unexpected(std::move(own.error()));
    std::vector<ConstituentChains> constituents;
    for (const ConstituentChains& each : source->constituents()) {
        auto events = readEventTable(path, each.chains->underlying());
        if (!events)
            return tl::make_unexpected(std::move(events.error()));
        constituents.push_back({each.weight, std::make_shared<SourceWithEvents>(each.chains, *std::move(events))});
    }
    return std::make_unique<SourceWithEvents>(std::move(source), *std::move(own), std::move(constituents));
}

} // namespace vegadesk::history
