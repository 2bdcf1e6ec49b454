#pragma once

#include "ui/panels/panel.h"

#include <tuple>

class QLineEdit;
class QSortFilterProxyModel;
class QStackedLayout;
class QTableView;

namespace vegadesk::ui
{

class JournalModel;

/// What was written down, newest first: intents, answers, fills, halts.
class JournalPanel : public Panel
{
    Q_OBJECT

public:
    explicit JournalPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;

private:
    void read();
    void take(const std::vector<desk::JournalLine>& lines);

    PanelContext m_context;
    /// Of what is journalled: how many orders, when one last changed, and the state of trading.
    using Mark = std::tuple<std::size_t, base::Instant, desk::DeskState>;
    Mark m_mark{};
    bool m_hasRead = false;
    bool m_isReading = false;
    JournalModel* m_model;
    QSortFilterProxyModel* m_filtered;
    QTableView* m_view;
    QLineEdit* m_filter;
};

} // namespace vegadesk::ui
