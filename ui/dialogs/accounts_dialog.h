#pragma once

#include "desk/accounts.h"

#include <QDialog>
#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace vegadesk::ui
{

/// The keys of one environment at the broker: typed in, tried, kept in the system's keychain, forgotten. What is kept is
/// never shown again.
class AccountSection : public QWidget
{
    Q_OBJECT

public:
    AccountSection(desk::Accounts& accounts, desk::Accounts::Kind kind, const QString& title, const QString& about);

Q_SIGNALS:
    /// It has other words to show, which may need other heights.
    void reworded();

private:
    QPushButton* addButton(const QString& text, const char* name);
    void showState();
    void say(const char* tone, const QString& text);
    void check();
    void onChecked(const desk::LoginCheck& result);
    void onStored(const QString& why);
    void store();
    void offer(const std::vector<desk::ConnectedAccount>& accounts);
    desk::Keys typed() const;

    desk::Accounts& m_accounts;
    const desk::Accounts::Kind m_kind;
    QLabel* m_state;
    QLineEdit* m_secret;
    QLineEdit* m_token;
    QPushButton* m_check;
    QPushButton* m_store;
    QPushButton* m_forget;
    QLabel* m_outcome;
    QWidget* m_choice;
    QComboBox* m_account;
    desk::Keys m_tried;        ///< typed, while the broker is asked
    bool m_isStoreDue = false; ///< once they open something
    bool m_isForgetting = false;
};

/// Which accounts at the broker this program may open.
class AccountsDialog : public QDialog
{
    Q_OBJECT

public:
    AccountsDialog(desk::Accounts& accounts, QWidget* parent);

private:
    void fit();
};

} // namespace vegadesk::ui
