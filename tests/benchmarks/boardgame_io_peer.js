// Tic-tac-toe on boardgame.io, for peers.py: prints the package's version, then plays a
// slice of random games for every line it reads and prints the number of moves made.
"use strict";

const readline = require("node:readline");
const { Client } = require("boardgame.io/client");
const { INVALID_MOVE } = require("boardgame.io/core");

const GAMES_PER_SLICE = 20;
const LINES = [
  [0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6],
];

const isWon = (cells) =>
  LINES.some(([a, b, c]) => cells[a] !== null && cells[a] === cells[b] && cells[a] === cells[c]);

const ticTacToe = {
  setup: () => ({ cells: Array(9).fill(null) }),
  turn: { minMoves: 1, maxMoves: 1 },
  moves: {
    play: ({ G, playerID }, cell) => {
      if (G.cells[cell] !== null) return INVALID_MOVE;
      G.cells[cell] = playerID;
    },
  },
  endIf: ({ G, ctx }) => {
    if (isWon(G.cells)) return { winner: ctx.currentPlayer };
    if (G.cells.every((cell) => cell !== null)) return { draw: true };
  },
};

const client = Client({ game: ticTacToe, numPlayers: 2, debug: false });
client.start();

function playSlice() {
  let moves = 0;
  for (let game = 0; game < GAMES_PER_SLICE; game += 1) {
    client.reset();
    for (let state = client.getState(); !state.ctx.gameover; state = client.getState()) {
      const free = [...state.G.cells.keys()].filter((cell) => state.G.cells[cell] === null);
      client.moves.play(free[Math.floor(Math.random() * free.length)]);
      moves += 1;
    }
  }
  return moves;
}

console.log(require("boardgame.io/package.json").version);
readline
  .createInterface({ input: process.stdin })
  .on("line", () => console.log(playSlice()));
