#pragma once

#include "ui/panels/panel.h"

class QLabel;
class QPushButton;
class QStackedLayout;

namespace vegadesk::ui
{

class SmilePlot;

/// Implied volatility by strike, of the shown expiration and those nearest to it.
class SmilesPanel : public Panel
{
    Q_OBJECT

public:
    explicit SmilesPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;

private:
    PanelContext m_context;
    std::uint64_t m_version = 0;
    bool m_hasDrawn = false;
    QStackedLayout* m_pages;
    QLabel *m_empty, *m_title;
    SmilePlot* m_plot;
};

} // namespace vegadesk::ui
