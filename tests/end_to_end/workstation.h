#pragma once

#include "running_desk.h"
#include "ui/main_window.h"
#include "ui/models/chain_model.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace vegadesk::tests
{

/// The real window on a running desk.
class Workstation : public RunningDesk
{
public:
    explicit Workstation(desk::DeskOptions options = {},
                         const std::function<void(const QString& directory)>& prepare = {})
        : RunningDesk(std::move(options), {}, prepare), m_window(desk(), m_theme)
    {
        m_theme.apply();
        m_window.resize(1680, 1020);
        m_window.show();
    }

    ui::MainWindow& window() { return m_window; }
    template<class Widget>
    Widget* widget(const char* name)
    {
        return m_window.findChild<Widget*>(QString::fromLatin1(name));
    }
    QAbstractItemView* chainView() { return widget<QAbstractItemView>("chain_view"); }

    void click(int row, market::Right side, ui::ChainField field)
    {
        QAbstractItemView* const view = chainView();
        const QModelIndex cell = view->model()->index(row, ui::ChainModel::columnOf(side, field));
        view->scrollTo(cell);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(cell).center());
    }
    int middleRow() { return chainView()->model()->rowCount() / 2; }
    void press(const char* name) { QTest::mouseClick(widget<QPushButton>(name), Qt::LeftButton); }
    QString verdict() { return widget<QLabel>("ticket_verdict")->text(); }
    bool canSend() { return widget<QPushButton>("ticket_send")->isEnabled(); }

    bool isReady() { return hasStreamingChain() && hasAccount() && chainView()->model()->rowCount() > 10; }
    const execution::Order* newestOrder() const
    {
        m_view = const_cast<Workstation*>(this)->desk().trading();
        return m_view->orders.empty() ? nullptr : &m_view->orders.front();
    }
    bool newestIs(execution::OrderStatus status) const
    {
        const execution::Order* const order = newestOrder();
        return order && order->status == status;
    }
    double gauge(std::string_view id)
    {
        const auto view = desk().trading();
        for (const desk::Gauge& one : view->gauges) {
            if (one.id == id)
                return one.value;
        }
        return market::unknown;
    }
    const desk::PositionRow* position(const std::string& symbol)
    {
        m_view = desk().trading();
        for (const desk::PositionGroup& group : m_view->groups) {
            for (const desk::PositionRow& row : group.rows) {
                if (row.position.symbol == symbol)
                    return &row;
            }
        }
        return nullptr;
    }

private:
    ui::Theme m_theme;
    ui::MainWindow m_window;
    mutable std::shared_ptr<const desk::TradingView> m_view;
};

} // namespace vegadesk::tests
