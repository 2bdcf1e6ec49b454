#pragma once

#include "desk/views.h"

#include <QAbstractTableModel>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace vegadesk::ui
{

/// What one side of the chain can show, in the order of the call columns; the puts mirror it.
enum class ChainField : std::uint8_t {
    OpenInterest,
    Volume,
    Last,
    Touch,
    InTheMoney,
    Vega,
    Theta,
    Gamma,
    Delta,
    Iv,
    Theo,
    Mark,
    Bid,
    Ask,
    Count
};

/// One expiration of one underlying around the money: calls left, strike in the middle, puts right.
///
/// It points into the desk's immutable view and copies nothing. update() is called once a frame; it compares the new
/// view with the shown one and tells the views what changed as runs of rows, or resets when the rows are others.
/// Text is made when a cell is painted. Times are milliseconds of any steady clock.
class ChainModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int fieldCount = static_cast<int>(ChainField::Count);
    static constexpr int strikeColumn = fieldCount;
    static constexpr int columns = 2 * fieldCount + 1;
    static constexpr int flashMs = 250;
    static constexpr int flashSteps = 3; ///< a flash fades in this many repaints

    explicit ChainModel(QObject* parent = nullptr);

    static std::optional<ChainField> fieldOf(int column);   ///< empty for the strike
    static std::optional<market::Right> sideOf(int column); ///< empty for the strike
    static int columnOf(market::Right side, ChainField field);
    static QString fieldName(ChainField field);  ///< as the header says it
    static QString fieldTitle(ChainField field); ///< in full, for menus and screen readers

    /// Shows `view` with `strikesAround` strikes on each side of the money. The window of strikes stays put until the
    /// money has moved a third of it, so that rows do not jump at every tick across a strike.
    void update(std::shared_ptr<const desk::ChainView> view, int strikesAround, qint64 nowMs);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const desk::ChainView& view() const { return *m_view; }
    const desk::ChainRow& row(int row) const { return m_view->rows[m_first + static_cast<std::size_t>(row)]; }
    const desk::ChainCell* cell(int row, int column) const; ///< null for the strike
    QString text(int row, int column) const;
    /// The last shown row whose strike is not above the spot; the money lies below it. −1 when not known or not shown.
    int moneyRow() const;
    bool isInTheMoney(int row, market::Right side) const;
    /// 0 (no flash) to flashSteps (just changed).
    int flash(int row, int column) const;
    int rowOfStrike(double strike) const; ///< −1 when not shown

    /// Why a quote is drawn faint; empty for a good one.
    static QString flagText(market::QuoteFlags flags);

private:
    // chain_words.cpp
    static double valueOf(const desk::ChainCell& cell, ChainField field);
    static int decimalsOf(ChainField field);
    static QString strikeText(double strike);
    QString help(const desk::ChainCell& cell) const;
    QString greeksText(const desk::ChainCell& cell) const;
    QString networksText(const desk::ChainCell& cell) const;

    static constexpr std::array flashing{ChainField::Last, ChainField::Mark, ChainField::Bid, ChainField::Ask};
    static constexpr std::size_t flashesPerRow = 2 * flashing.size();
    static constexpr qint64 never = -1;

    struct Window {
        std::size_t first = 0, count = 0;
        friend bool operator==(const Window&, const Window&) = default;
    };
    Window windowFor(const desk::ChainView& view, int strikesAround) const;
    static std::size_t moneyIndex(const desk::ChainView& view);
    bool markChanges(const desk::ChainRow& before, const desk::ChainRow& after, std::size_t row, qint64 nowMs);
    bool fade(std::size_t row, qint64 nowMs);
    static std::optional<std::size_t> flashSlot(int column);

    std::shared_ptr<const desk::ChainView> m_view;
    std::size_t m_first = 0, m_count = 0, m_centre = 0;
    int m_strikesAround = 0;
    std::vector<qint64> m_flashStart;      ///< by row and slot; 0: never
    std::vector<std::uint8_t> m_flashStep; ///< what was painted last
};

} // namespace vegadesk::ui
