using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Evaluation.Binding;

/// <summary>
/// A transform of the language: its description, its flags and the way to start it. One class per file; the catalog finds it by
/// reflection.
/// </summary>
public abstract class Transform
{
    /// <summary>The name, documentation and flags; the pages in docs/transforms are generated from them.</summary>
    public abstract TransformInfo Info { get; }

    /// <summary>Its bodies may look ahead, because each gets streams that end.</summary>
    internal virtual bool BodiesMayPeek => false;

    /// <summary>The argument that is a key, counted from 0; null for none. Keys are texts, so <c>+</c> joins their parts if one of them is a text.</summary>
    internal virtual int? KeyArgument => null;

    /// <summary>
    /// Has one result for a group of datapoints, and yet counts as one-to-one before a constant; only <c>while</c> does.
    /// </summary>
    internal virtual bool Gathers => false;

    /// <summary>Checks the constant arguments of a call and returns a factory of nodes.</summary>
    /// <exception cref="ScriptSyntaxException">An argument cannot be used.</exception>
    internal abstract NodeFactory Bind(BoundCall call);
}
