#include "ui/models/chain_model.h"

#include "ui/theme/format.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
using desk::ChainCell;
using desk::ChainRow;
using market::Right;

/// NaN is "not known", and not known twice is no change.
bool isSame(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

bool isSame(const ChainCell& a, const ChainCell& b)
{
    return isSame(a.bid, b.bid) && isSame(a.ask, b.ask) && isSame(a.mark, b.mark) && isSame(a.last, b.last) &&
           isSame(a.iv, b.iv) && isSame(a.delta, b.delta) && isSame(a.gamma, b.gamma) && isSame(a.theta, b.theta) &&
           isSame(a.vega, b.vega) && isSame(a.theo, b.theo) && isSame(a.theoBound, b.theoBound) &&
           isSame(a.theoGap, b.theoGap) && a.isTheoSolved == b.isTheoSolved && a.isTheoDisputed == b.isTheoDisputed &&
           isSame(a.inTheMoney, b.inTheMoney) && isSame(a.touch, b.touch) && a.isTheoOutside == b.isTheoOutside &&
           isSame(a.volume, b.volume) && isSame(a.openInterest, b.openInterest) && isSame(a.bidSize, b.bidSize) &&
           isSame(a.askSize, b.askSize) && a.flags == b.flags && a.position == b.position &&
           a.isSmileInterpolated == b.isSmileInterpolated && a.symbol == b.symbol;
}

} // namespace

ChainModel::ChainModel(QObject* parent) : QAbstractTableModel(parent), m_view(std::make_shared<const desk::ChainView>())
{
}

std::optional<ChainField> ChainModel::fieldOf(int column)
{
    if (column == strikeColumn || column < 0 || column >= columns)
        return std::nullopt;
    if (column < strikeColumn)
        return static_cast<ChainField>(column);
    // Mirrored about the strike, but a bid stands left of its ask on both sides.
    const int mirrored = columns - 1 - column;
    if (mirrored == static_cast<int>(ChainField::Ask))
        return ChainField::Bid;
    return mirrored == static_cast<int>(ChainField::Bid) ? ChainField::Ask : static_cast<ChainField>(mirrored);
}

std::optional<Right> ChainModel::sideOf(int column)
{
    if (column == strikeColumn || column < 0 || column >= columns)
        return std::nullopt;
    return column < strikeColumn ? Right::Call : Right::Put;
}

int ChainModel::columnOf(Right side, ChainField field)
{
    const int column = static_cast<int>(field);
    if (side == Right::Call)
        return column;
    if (field == ChainField::Bid)
        return strikeColumn + 1;
    return field == ChainField::Ask ? strikeColumn + 2 : columns - 1 - column;
}

std::size_t ChainModel::moneyIndex(const desk::ChainView& view)
{
    if (std::isnan(view.spot))
        return view.rows.size() / 2;
    const auto above = std::ranges::upper_bound(view.rows, view.spot, {}, &ChainRow::strike);
    return static_cast<std::size_t>(above - view.rows.begin());
}

ChainModel::Window ChainModel::windowFor(const desk::ChainView& view, int strikesAround) const
{
    const std::size_t size = view.rows.size();
    const auto around = static_cast<std::size_t>(strikesAround);
    const auto shown = [size, around](std::size_t centre) {
        const std::size_t first = centre > around ? centre - around : 0;
        return Window{first, std::min(size, centre + around) - first};
    };
    const std::size_t money = moneyIndex(view);
    const bool isSameRows = view.layout == m_view->layout && view.underlying == m_view->underlying &&
                            size == m_view->rows.size() && strikesAround == m_strikesAround && m_count > 0;
    const std::size_t drift = money > m_centre ? money - m_centre : m_centre - money;
    if (isSameRows && drift <= std::max<std::size_t>(1, around / 3))
        return {m_first, m_count};
    return shown(money);
}

void ChainModel::update(std::shared_ptr<const desk::ChainView> view, int strikesAround, qint64 nowMs)
{
    const Window window = windowFor(*view, strikesAround);
    const bool isSameLayout = view->layout == m_view->layout && view->underlying == m_view->underlying &&
                              view->rows.size() == m_view->rows.size() && window == Window{m_first, m_count};
    if (!isSameLayout) {
        beginResetModel();
        if (window != Window{m_first, m_count} || view->layout != m_view->layout)
            m_centre = moneyIndex(*view);
        m_view = std::move(view);
        m_first = window.first;
        m_count = window.count;
        m_strikesAround = strikesAround;
        m_flashStart.assign(m_count * flashesPerRow, never);
        m_flashStep.assign(m_count * flashesPerRow, 0);
        endResetModel();
        return;
    }
    m_strikesAround = strikesAround;

    const int moneyBefore = moneyRow();
    const auto before = std::exchange(m_view, std::move(view));
    const int moneyAfter = moneyRow();
    const bool isNew = before != m_view;
    std::vector<std::size_t> dirty;
    for (std::size_t row = 0; row < m_count; ++row) {
        bool isDirty = isNew && markChanges(before->rows[m_first + row], m_view->rows[m_first + row], row, nowMs);
        isDirty |= fade(row, nowMs);
        // The line at the money and the shading follow the spot.
        const int low = std::min(moneyBefore, moneyAfter), high = std::max(moneyBefore, moneyAfter);
        isDirty |= low != high && static_cast<int>(row) >= low && static_cast<int>(row) <= high;
        if (isDirty)
            dirty.push_back(row);
    }
    for (auto first = dirty.cbegin(); first != dirty.cend();) {
        auto last = first;
        while (std::next(last) != dirty.cend() && *std::next(last) == *last + 1)
            ++last;
        Q_EMIT dataChanged(index(static_cast<int>(*first), 0), index(static_cast<int>(*last), columns - 1),
                           {Qt::DisplayRole});
        first = std::next(last);
    }
}

std::optional<std::size_t> ChainModel::flashSlot(int column)
{
    const auto field = fieldOf(column);
    const auto found = field ? std::ranges::find(flashing, *field) : flashing.end();
    if (found == flashing.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - flashing.begin()) + (column > strikeColumn ? flashing.size() : 0);
}

bool ChainModel::markChanges(const ChainRow& before, const ChainRow& after, std::size_t row, qint64 nowMs)
{
    bool isChanged = before.strike != after.strike;
    for (const Right side : {Right::Call, Right::Put}) {
        const ChainCell& old = side == Right::Call ? before.call : before.put;
        const ChainCell& now = side == Right::Call ? after.call : after.put;
        if (isSame(old, now))
            continue;
        isChanged = true;
        for (const ChainField field : flashing) {
            const double was = valueOf(old, field), is = valueOf(now, field);
            // A number that appears for the first time is not news, nor is one that reads as before.
            if (std::isfinite(was) && std::isfinite(is) && !isShownAlike(was, is, decimalsOf(field)))
                m_flashStart[row * flashesPerRow + *flashSlot(columnOf(side, field))] = nowMs;
        }
    }
    return isChanged;
}

bool ChainModel::fade(std::size_t row, qint64 nowMs)
{
    bool isChanged = false;
    for (std::size_t slot = row * flashesPerRow; slot < (row + 1) * flashesPerRow; ++slot) {
        if (m_flashStart[slot] == never)
            continue;
        const qint64 age = nowMs - m_flashStart[slot];
        const bool isOver = age >= flashMs || age < 0;
        const auto step = isOver ? std::uint8_t{0} : static_cast<std::uint8_t>(flashSteps - age * flashSteps / flashMs);
        isChanged |= step != m_flashStep[slot];
        m_flashStep[slot] = step;
        if (isOver)
            m_flashStart[slot] = never;
    }
    return isChanged;
}

int ChainModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_count);
}

int ChainModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

const ChainCell* ChainModel::cell(int row, int column) const
{
    const auto side = sideOf(column);
    if (!side || row < 0 || row >= rowCount())
        return nullptr;
    return *side == Right::Call ? &this->row(row).call : &this->row(row).put;
}

QString ChainModel::text(int row, int column) const
{
    if (column == strikeColumn)
        return strikeText(this->row(row).strike);
    const ChainCell& shown = *cell(row, column);
    if (shown.symbol.empty())
        return {};
    const ChainField field = *fieldOf(column);
    return number(valueOf(shown, field), decimalsOf(field));
}

int ChainModel::moneyRow() const
{
    if (std::isnan(m_view->spot) || m_count == 0)
        return -1;
    const std::size_t money = moneyIndex(*m_view);
    return money > m_first && money <= m_first + m_count ? static_cast<int>(money - m_first) - 1 : -1;
}

bool ChainModel::isInTheMoney(int row, Right side) const
{
    const double strike = this->row(row).strike;
    return side == Right::Call ? strike < m_view->spot : strike > m_view->spot; // unknown spot: neither
}

int ChainModel::flash(int row, int column) const
{
    const auto slot = flashSlot(column);
    return slot ? m_flashStep[static_cast<std::size_t>(row) * flashesPerRow + *slot] : 0;
}

int ChainModel::rowOfStrike(double strike) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (this->row(row).strike == strike)
            return row;
    return -1;
}

QVariant ChainModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int row = index.row(), column = index.column();
    const ChainCell* const shown = cell(row, column);
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(column == strikeColumn ? Qt::AlignCenter : Qt::AlignRight | Qt::AlignVCenter));
    case Qt::ToolTipRole:
        return shown && !shown->symbol.empty() ? help(*shown) : QVariant();
    case Qt::AccessibleTextRole: {
        if (!shown)
            return tr("strike %1").arg(text(row, column));
        const QString side = *sideOf(column) == Right::Call ? tr("call") : tr("put");
        const QString value = shown->symbol.empty() ? tr("not listed") : text(row, column);
        return QStringLiteral("%1 %2 %3 %4")
            .arg(strikeText(this->row(row).strike), side, fieldTitle(*fieldOf(column)), value);
    }
    default:
        return {};
    }
}

QVariant ChainModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto field = fieldOf(section);
    switch (role) {
    case Qt::DisplayRole:
        return field ? fieldName(*field) : tr("strike");
    case Qt::ToolTipRole:
        return field ? fieldTitle(*field) : QString();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(section == strikeColumn ? Qt::AlignCenter : Qt::AlignRight | Qt::AlignVCenter));
    default:
        return {};
    }
}

} // namespace vegadesk::ui
