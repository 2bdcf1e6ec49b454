#pragma once

#include "desk/backtest_details.h"
#include "ui/theme/theme.h"

#include <QDialog>

#include <memory>

class QLabel;
class QStackedLayout;
class QTableView;

namespace vegadesk::ui
{

class PayoffPlot;
class Segments;
class TradeChainModel;
class TradeLegsModel;

/// One trade of a backtest as it was at its entry or its exit: legs, the strikes around them, and the payoff of what was held. The
/// quotes are read again from where the run had them.
class BacktestTradeWindow : public QDialog
{
    Q_OBJECT

public:
    BacktestTradeWindow(desk::BacktestDetails& details, const Theme& theme,
                        std::shared_ptr<const desk::BacktestReport> report, std::size_t trade,
                        QWidget* parent = nullptr);
    ~BacktestTradeWindow() override;

private:
    QWidget* makePage(const Theme& theme);
    void ask();
    void take(quint64 question, const std::shared_ptr<const desk::TradePicture>& picture);
    void drawExpiry(int expiry);
    QString factWords(const desk::TradePicture& picture) const;
    const desk::BacktestTrade& trade() const { return m_report->trades[m_trade]; }

    desk::BacktestDetails& m_details;
    const std::shared_ptr<const desk::BacktestReport> m_report;
    const std::size_t m_trade;
    quint64 m_question = 0; ///< 0: none is open
    std::shared_ptr<const desk::TradePicture> m_picture;
    Segments *m_moments, *m_expiries;
    TradeLegsModel* m_legs;
    TradeChainModel* m_chain;
    QTableView *m_legsView, *m_chainView;
    PayoffPlot* m_payoff;
    QStackedLayout* m_pages;
    QLabel *m_message, *m_facts;
};

} // namespace vegadesk::ui
