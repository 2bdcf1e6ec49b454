#pragma once

#include "ui/commands.h"

#include <QDialog>

namespace vegadesk::ui
{

/// What every key does: the window's commands and the keys of the chain and the watchlist.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    ShortcutsDialog(const std::vector<Command>& commands, QWidget* parent);
};

} // namespace vegadesk::ui
