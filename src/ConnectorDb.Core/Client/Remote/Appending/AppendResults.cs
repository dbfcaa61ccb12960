using ConnectorDb.Contracts;
using ConnectorDb.Core.Appending;

namespace ConnectorDb.Core.Client.Remote.Appending;

/// <summary>Collects the results of a call from those of its requests.</summary>
internal sealed class AppendResults
{
    private readonly AppendCheck[] _checks;
    private readonly List<RejectedDatapoint>[] _rejected;
    private readonly AppendResult[] _results;
    private readonly bool _stopsAtInvalid;
    private long _written;

    /// <exception cref="InvalidValueException">A datapoint is invalid, and one invalid datapoint rejects all.</exception>
    public AppendResults(IReadOnlyList<StreamBlock> blocks, AppendOptions options)
    {
        _checks = [.. blocks.Select(block => AppendCheck.Of(block.Stream, block.Points, null, options))];
        _rejected = Array.ConvertAll(_checks, check => check.Rejected.ToList());
        _results = [.. blocks.Select(block => new AppendResult(0, block.Stream))];
        _stopsAtInvalid = options.OnInvalid == OnInvalid.StopAtInvalid;
        int end = _stopsAtInvalid ? Array.FindIndex(_checks, check => check.Rejected.Count > 0) : -1;
        Sendable = [.. blocks.Take(end < 0 ? blocks.Count : end + 1).Select((block, i) => block with { Points = _checks[i].Points })];
    }

    /// <summary>The blocks without the datapoints that JSON cannot hold; without those behind one, where the call ends there.</summary>
    public IReadOnlyList<StreamBlock> Sendable { get; }

    /// <summary>How many requests were answered.</summary>
    public int Requests { get; private set; }

    public void Add(AppendRequest request, IReadOnlyList<AppendResult> answer)
    {
        Requests++;
        for (int i = 0; i < request.Parts.Count; i++)
        {
            Add(request.Parts[i], answer[i]);
        }
    }

    public void Add(BlockPart part, AppendResult answer)
    {
        AppendResult sofar = _results[part.Block];
        _results[part.Block] = new AppendResult(sofar.Count + answer.Count, answer.Error is null ? answer.GetTarget() : sofar.GetTarget()) { Error = sofar.Error ?? answer.Error };
        _rejected[part.Block].AddRange(answer.Rejected.Select(rejected =>
            new RejectedDatapoint(_checks[part.Block].IndexOf(part.Start + rejected.Index), part.Moved(rejected.Error, 0))));
        _written += answer.Count;
    }

    /// <summary>The error of a request as one of the whole call.</summary>
    public CdbException Moved(CdbException error, AppendRequest request)
    {
        CdbPath? stream = (error.Target as CdbPath)?.ToStream();
        BlockPart about = request.Parts.FirstOrDefault(part => part.Points.Stream.ToStream() == stream) ?? request.Parts[0];
        return Moved(error, about);
    }

    public CdbException Moved(CdbException error, BlockPart part) => part.Moved(error, _written);

    public AppendResult[] ToArray()
    {
        if (_stopsAtInvalid)
        {
            KeepFirst();
        }

        return [.. _results.Select((result, i) => _rejected[i].Count == 0 ? result : result with { Rejected = [.. _rejected[i].OrderBy(rejected => rejected.Index)] })];
    }

    /// <summary>Removes the rejections behind the first one or the first error: those of this client that the server did not come to.</summary>
    private void KeepFirst()
    {
        bool isOver = false;
        for (int i = 0; i < _results.Length; i++)
        {
            if (isOver || _results[i].Error is not null)
            {
                _rejected[i].Clear();
            }
            else if (_rejected[i].Count > 1)
            {
                _rejected[i] = [_rejected[i].MinBy(rejected => rejected.Index)];
            }

            isOver |= _results[i].Error is not null || _rejected[i].Count > 0;
        }
    }
}
