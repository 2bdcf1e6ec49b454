#pragma once

#include "desk/desk.h"
#include "ui/models/staged_order.h"
#include "ui/panels/panel.h"
#include "ui/theme/theme.h"

#include <QTemporaryDir>

/// A desk that was never started, with settings of its own: for panels and dialogs that are handed their views.
namespace vegadesk::test
{

class DeskFixture
{
public:
    explicit DeskFixture(base::Environment environment = {}) : m_desk(options(), std::move(environment)) {}

    desk::Desk& desk() { return m_desk; }
    ui::Theme& theme() { return m_theme; }
    ui::StagedOrder& staged() { return m_staged; }
    ui::PanelContext context() { return {m_desk, m_theme, m_staged}; }

private:
    desk::DeskOptions options() const
    {
        desk::DeskOptions options;
        options.dataDirectory = m_folder.path();
        return options;
    }
    QTemporaryDir m_folder;
    ui::Theme m_theme;
    ui::StagedOrder m_staged;
    desk::Desk m_desk;
};

} // namespace vegadesk::test
