% The rules of weighing as DESIGN.md states them, over facts of many ledgers; tabling gives the well-founded model.
:- table ok/2, pro/2, con/2, cut/2.
:- discontiguous live/2, first/2, alternative/3, says/4, held/2, undercuts/3, statement/2, claim/2.
:- dynamic live/2, first/2, alternative/3, says/4, held/2, undercuts/3, statement/2, claim/2.

ok(L, U) :- live(L, U), first(L, U), tnot(cut(L, U)).
ok(L, U) :- live(L, U), alternative(L, U, Needs), all_hold(Needs, L), tnot(cut(L, U)).
pro(L, C) :- says(L, U, C, for), held(L, U), ok(L, U).
con(L, C) :- says(L, U, C, against), held(L, U), ok(L, U).
cut(L, U) :- undercuts(L, V, U), held(L, V), ok(L, V).

all_hold([], _).
all_hold([statement(V)|Rest], L) :- ok(L, V), all_hold(Rest, L).
all_hold([claim(C)|Rest], L) :- pro(L, C), all_hold(Rest, L).

value(Goal, true) :- call_delays(Goal, true), !.
value(Goal, undefined) :- call_delays(Goal, _), !.
value(_, false).

main :-
    forall(statement(L, U), (value(ok(L, U), V), format("ok ~w ~w ~w~n", [L, U, V]))),
    forall(claim(L, C), (value(pro(L, C), P), value(con(L, C), N), format("claim ~w ~w ~w ~w~n", [L, C, P, N]))).
