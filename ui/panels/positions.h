#pragma once

#include "ui/panels/panel.h"

#include <set>
#include <string>

class QModelIndex;
class QStackedLayout;
class QTreeView;

namespace vegadesk::ui
{

class PositionsModel;

/// What the account holds, grouped, with Greeks and profit. Closing stages an order; it never sends one.
class PositionsPanel : public Panel
{
    Q_OBJECT

public:
    explicit PositionsPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;

private:
    void remember(const QModelIndex& index, bool isExpanded);
    void restoreExpansion();
    void showMenu(const QPoint& at);
    /// A leg's row closes the leg, a group's row all of its legs.
    void stageClose(const QModelIndex& index);
    void stageClose(const std::vector<std::string>& symbols);

    PanelContext m_context;
    std::uint64_t m_version = 0;
    bool m_hasDrawn = false;
    std::set<std::string> m_collapsed; ///< groups the user folded, by title
    QStackedLayout* m_pages;
    PositionsModel* m_model;
    QTreeView* m_view;
};

} // namespace vegadesk::ui
