#pragma once

#include "desk/backtest_views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

#include <memory>

namespace vegadesk::ui
{

/// What a backtest's trade held at a moment, with the quotes of then.
class TradeLegsModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { QuantityColumn, ContractColumn, PriceColumn, BidColumn, AskColumn, IvColumn, DeltaColumn };

    explicit TradeLegsModel(const Theme& theme, QObject* parent = nullptr);

    void setPicture(std::shared_ptr<const desk::TradePicture> picture);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    const Theme& m_theme;
    std::shared_ptr<const desk::TradePicture> m_picture;
};

/// The strikes around them, calls left and puts right; what was held stands beside its quotes.
class TradeChainModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId {
        CallHeldColumn,
        CallDeltaColumn,
        CallIvColumn,
        CallBidColumn,
        CallAskColumn,
        StrikeColumn,
        PutBidColumn,
        PutAskColumn,
        PutIvColumn,
        PutDeltaColumn,
        PutHeldColumn
    };

    explicit TradeChainModel(const Theme& theme, QObject* parent = nullptr);

    /// One of the picture's expiries; beyond them the table is empty.
    void setPicture(std::shared_ptr<const desk::TradePicture> picture, std::size_t expiry);
    /// The first row of which something was held; −1 for none.
    int firstHeldRow() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    const Theme& m_theme;
    std::shared_ptr<const desk::TradePicture> m_picture;
    const desk::TradePicture::Expiry* m_expiry = nullptr; ///< of the picture
};

} // namespace vegadesk::ui
