"""What a bank says: numbers as coins, why a request waits, and the safe order."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from concsim.ui.views.bankers.bank_state import NOT_THERE, UNSAFE, Account, Bank


def column_titles() -> tuple[str, str, str]:
    """What the three groups of columns are."""
    translate = QCoreApplication.translate
    return translate("BankWords", "claims"), translate("BankWords", "holds"), translate("BankWords", "still needs")


def why_title() -> str:
    """What stands over the reasons."""
    return QCoreApplication.translate("BankWords", "must wait")


def coins_text(bank: Bank, numbers: tuple[int, ...]) -> str:
    """Numbers as "1 gold, 2 silver"."""
    comma = QCoreApplication.translate("BankWords", ", ")
    return comma.join(f"{number} {kind}" for number, kind in bank.coins(numbers))


def why_word(why: str) -> str:
    """Why a request waits, in a word."""
    translate = QCoreApplication.translate
    words = {UNSAFE: translate("BankWords", "unsafe"), NOT_THERE: translate("BankWords", "not there")}
    return words.get(why, why)


def refusal_text(bank: Bank, account: Account) -> str:
    """What a client was refused, and why, in a sentence."""
    translate = QCoreApplication.translate
    sentences = {
        UNSAFE: translate("BankWords", "{name} was refused {coins}: no order would have been left in which all can finish."),
        NOT_THERE: translate("BankWords", "{name} was refused {coins}: the bank had not got it."),
    }
    text = sentences.get(account.why, translate("BankWords", "{name} was refused {coins}."))
    return text.format(name=account.name, coins=coins_text(bank, account.wish))


def told(bank: Bank) -> Account:
    """The refusal told in a sentence: rather one that the coins would have been there for."""
    return next((one for one in bank.refused if one.why == UNSAFE), bank.refused[0])


def order_text(bank: Bank) -> str:
    """The safe order, or why there is none to show."""
    translate = QCoreApplication.translate
    if bank.is_closed:
        return translate("BankWords", "All clients have given everything back.")
    if bank.order:
        return translate("BankWords", "Safe order: {order}").format(order=" → ".join(bank.order))
    if not bank.is_lending:
        return translate("BankWords", "Nothing has been lent yet.")
    return translate("BankWords", "Unsafe: there is no order in which all can finish.")
