"""The class around one machine."""

import argparse

from .options import Commands, add_dealt, add_folder, add_replace, number_between, seed_number


def add(commands: Commands) -> None:
    """Adds the commands of this module."""
    host = commands.add_parser(
        "host",
        help="hold a class: teams join with their phones, without the internet",
        description="Opens a class on this machine: teams join in a browser with a code, the "
        "teacher leads from a page of their own. A class that was left goes on with the same code.",
    )
    host.add_argument(
        "what",
        nargs="?",
        metavar="SCENARIO | MATCH",
        help="a scenario, or a class's match to go on with (ten_days_in_january)",
    )
    host.add_argument(
        "--address", metavar="A", help="of the network to use (the likeliest of this machine)"
    )
    host.add_argument(
        "--port", type=number_between(1, 65535), metavar="P", help="(the first free from 8000 on)"
    )
    host.add_argument(
        "--tables",
        type=number_between(1, 8),
        default=1,
        metavar="N",
        help="games side by side (1)",
    )
    host.add_argument("--seed", type=seed_number, metavar="N", help="the luck; any if left out")
    host.add_argument(
        "--lens",
        metavar="LENS",
        help="the theory whose parameters the world has (balanced where the scenario draws one)",
    )
    add_dealt(host)
    host.add_argument(
        "--experiment",
        metavar="WHAT",
        help="deal a condition to the tables at random: theory:ONE,OTHER, agenda:SEAT=ONE,OTHER, "
        "news:ID, or estimate (what the staff expects, shown or not)",
    )
    host.add_argument("--no-open", action="store_true", help="open no browser on this machine")
    add_folder(host)
    host.set_defaults(run=_host)

    papers = commands.add_parser(
        "print",
        help="a class's papers: role sheets, order slips, lesson plan and more",
        description="Writes a file for each paper of a class, to be printed from a browser.",
    )
    papers.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    papers.add_argument("--out", required=True, metavar="DIR", help="where they are written")
    papers.add_argument("--pdf", action="store_true", help="as PDF (extra: pdf)")
    add_replace(papers)
    papers.set_defaults(run=_print)


def _host(args: argparse.Namespace) -> int:
    from game.classroom import serving
    from game.classroom.faults import ClassroomFault
    from game.content.dealt import NOTHING
    from game.session.places import is_file_of_match
    from game.terminal import casting
    from game.terminal.errors import UserError
    from game.terminal.match_paths import file_called, folder_called

    what = args.what
    if args.lens is not None:
        casting.lens_called(args.lens)
    dealt = NOTHING
    if what is not None and is_file_of_match(what):
        what = str(file_called(what))
    else:
        dealt = casting.dealt(casting.seen(what or serving.SCENARIO), args.theory, args.agenda)
    try:
        return serving.host(
            what,
            folder_called(args.folder),
            address=args.address,
            port=args.port,
            tables=args.tables,
            seed=args.seed,
            lens=args.lens,
            dealt=dealt,
            experiment=args.experiment,
            opens=not args.no_open,
            say=lambda line: print(line, flush=True),
        )
    except ClassroomFault as fault:
        raise UserError(str(fault)) from None


def _print(args: argparse.Namespace) -> int:
    from game.classroom import papers
    from game.classroom.faults import ClassroomFault
    from game.classroom.texts import t
    from game.content.visible import visible
    from game.report.pdf import NoPrinterError, check_printer, pdf
    from game.session.home import typed_path
    from game.terminal.errors import UserError

    try:
        if args.pdf:
            check_printer()
        folder = typed_path(args.out)
        printer = pdf if args.pdf else None
        paths = papers.write(args.scenario, folder, replace=args.replace, printer=printer)
    except (ClassroomFault, NoPrinterError) as fault:
        raise UserError(str(fault)) from None
    told = "print.written_pdf" if args.pdf else "print.written"
    print(t(told, count=len(paths), folder=visible(folder)))
    return 0
