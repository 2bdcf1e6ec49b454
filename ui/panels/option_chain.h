#pragma once

#include "ui/models/chain_model.h"
#include "ui/panels/chain_table.h"
#include "ui/panels/panel.h"

#include <QElapsedTimer>

#include <memory>

class QLabel;
class QToolButton;

namespace vegadesk::ui
{

class ExpirationStrip;

/// The chain of one underlying: a summary in the dock's title, expirations as chips, and the streaming table.
/// Clicks and keys put legs on the staged order.
class OptionChainPanel : public Panel
{
    Q_OBJECT

public:
    explicit OptionChainPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    QWidget* titleExtras() override { return m_header; }
    /// What refresh() does with the desk's latest chain.
    void show(std::shared_ptr<const desk::ChainView> view, qint64 nowMs);
    using QWidget::show;

    const ChainModel& model() const { return m_model; }

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeHeader();
    void fillColumnsMenu();
    void stageShares(std::int64_t quantity, portfolio::OrderType type);
    void stage(const QModelIndex& cell, bool isBuy, Staging how);
    void roll(const QModelIndex& from, const QModelIndex& to);
    void stepExpiration(int step);
    void loadFields();
    int strikesAround() const;
    QString chosenModel() const;
    QString modelHelp(const desk::ChainView& view) const;
    static QStringList networksHelp(const desk::NetworkFigures& networks);
    void showHeader(const desk::ChainView& view);
    void fitHeader(); ///< hides what there is no room for

    PanelContext m_context;
    ChainModel m_model;
    QElapsedTimer m_clock;
    QWidget* m_header = nullptr;
    QLabel* m_symbol = nullptr;
    QLabel* m_spot = nullptr;
    QLabel* m_change = nullptr;
    QLabel* m_volatility = nullptr;
    QLabel* m_move = nullptr;
    QLabel* m_age = nullptr; ///< of old quotes; always in sight
    QToolButton* m_modelChoice = nullptr;
    QString m_modelWords; ///< of it, where there is room
    QToolButton* m_shares = nullptr;
    QToolButton* m_columns = nullptr;
    QToolButton* m_strikes = nullptr;
    ExpirationStrip* m_expirations;
    ChainTable* m_table;
    std::uint64_t m_shownLayout = 0;
    std::string m_shownUnderlying;
    bool m_hasShown = false;
};

} // namespace vegadesk::ui
