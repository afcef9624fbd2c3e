"""The arithmetic of service work: handling time, capacity, chasers and churn; pure functions.

Volumes belong to one period and times are minutes a contact, unless a name says otherwise. Less
time than before is positive; more is negative. No money lives here (that is finance.py), no words,
no input checks.
"""

from typing import Final

from roi_calc.arithmetic.noise import difference

MINUTES_PER_HOUR: Final = 60


def agent_minutes(wall_minutes: float, concurrency: float) -> float:
    """Return the agent's own time for a contact: the contact's duration / concurrency.

    concurrency: how many contacts one agent serves at once, on average; at least 1.
    Source: Call Centre Helper, on concurrency in live chat.

    >>> agent_minutes(12, 2)
    6.0
    """
    return wall_minutes / concurrency


def handling_time_of_the_rest(
    minutes: float, easy_share: float, easy_minutes: float
) -> float | None:
    """Return the average time of the contacts that remain when easy ones go elsewhere.

    minutes: the average of all of them. easy_share: the fraction that goes. easy_minutes: the
    average of those. It is the weighted average solved for the rest; None where all of them go.
    Source: on deflection and handling time, turnella and ccplanning.

    >>> round(handling_time_of_the_rest(6, 0.2, 3), 2)
    6.75
    """
    if easy_share == 1:
        return None
    return (minutes - easy_share * easy_minutes) / (1 - easy_share)


def workload_change(minutes: float, easy_share: float, easy_minutes: float) -> float | None:
    """Return how the work changes when easy contacts go elsewhere, as a fraction of what it was.

    Negative is less work. None where there was no work before.

    >>> round(workload_change(6, 0.2, 3), 2)
    -0.1
    """
    if minutes == 0:
        return None
    return -easy_share * easy_minutes / minutes + 0.0


def hours(contacts: float, minutes: float) -> float:
    """Return the hours that so many contacts take.

    >>> hours(100, 6)
    10.0
    """
    return contacts * minutes / MINUTES_PER_HOUR


def paid_hours(worked_hours: float, occupancy: float, shrinkage: float) -> float:
    """Return the paid hours behind hours of work: worked / (occupancy x (1 - shrinkage)).

    occupancy: the fraction of the time on duty that is spent on contacts, above 0. shrinkage: the
    fraction of the paid time that is not on duty (leave, training, breaks), below 1. Both are left
    at 1 and 0 where the hourly rate already stands for a productive hour.
    Source: workforce management, as in Call Centre Helper.

    >>> round(paid_hours(10, 0.85, 0.3), 4)
    16.8067
    """
    return worked_hours / (occupancy * (1 - shrinkage))


def posts(worked_hours: float, hours_per_post: float, occupancy: float, shrinkage: float) -> float:
    """Return the full-time posts behind hours of work: paid hours / the paid hours of one post.

    hours_per_post: paid in the same period. occupancy, shrinkage: as in paid_hours().
    Source: workforce management, as in Call Centre Helper.

    >>> round(posts(10, 160, 0.85, 0.3), 4)
    0.105
    """
    return paid_hours(worked_hours, occupancy, shrinkage) / hours_per_post


def contacts_avoided(
    conversations: float, share_before: float, share_after: float, contacts_each: float
) -> float:
    """Return how many further contacts are no longer made, per period; negative if more are.

    share_before, share_after: the fraction of the conversations whose customer asks again.
    contacts_each: how many further contacts such a customer makes.
    Source: CustomerThink, on the cost of repeat calls: volume x change x repeats x cost.

    >>> round(contacts_avoided(1_000_000, 0.3, 0.2, 1.5), 9)
    150000.0
    """
    return conversations * difference(share_before, share_after) * contacts_each


def churn(satisfied_share: float, churn_satisfied: float, churn_dissatisfied: float) -> float:
    """Return the churn of all customers from that of the satisfied and of the others.

    >>> round(churn(0.8, 0.02, 0.1), 4)
    0.036
    """
    return satisfied_share * churn_satisfied + (1 - satisfied_share) * churn_dissatisfied
