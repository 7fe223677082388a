"""What stands between the network and the Flask app: HTTP with its limits, answers kept, budgets, log and figures.

Everything runs in one event loop (uvicorn's, on uvloop) but for the Flask app, which has threads of its own:

    connection   parses (httptools), times and bounds what clients send; a subclass of uvicorn's protocol
    exchange     one request and its answer, written by the loop or by a thread
    gateway      decides what becomes of a request: refused, answered from the cache, or handed to the app
    quick        queries likely to be brief, given to readers (`graph.engine.desks`) from the loop itself
    plans        how their answers are written
    bridge       runs the app in a thread: one hop out, one back for an answer that is not long
    bodies       request bodies on their way to that thread, decompressed and bounded
    compression  answers on their way back
    cache        whole answers of one version of the dataset
    budgets      requests and seconds of each client
    requestlog, metrics   what happened
    running      listening, and an orderly end

Requests do not go through ASGI: its task and its three hops for each response cost more than parsing and cache
together, and an application there cannot tell whether a client is gone without yet another task.
"""
