# Finds the commands that a text advises, and says what keeps them from working when they are pasted. A cmdlet without arguments is the
# name of a cmdlet; with arguments it is a command, which has to be whole. Dot-source it after the module is loaded.

# The commands in a text: a cmdlet of the module with its arguments, and what follows a pipe. A word that is neither the value of a
# parameter, nor before one, belongs to the sentence.
function Get-Advice([string] $Text) {
    $end = 0
    foreach ($match in [regex]::Matches($Text, '\b[A-Z][a-z]+-[A-Z][A-Za-z]+')) {
        if ($match.Index -lt $end) { continue }
        $command = Read-Advice $Text $match.Index
        $end = $match.Index + $command.Length
        if ($command -clike '*-Cdb*') { $command }
    }
}

function Read-Advice([string] $Text, [int] $Start) {
    $name = [regex]::new('\G[A-Z][a-z]+-[A-Z][A-Za-z]*')
    $argument = [regex]::new('\G +(?:(?<parameter>-[A-Z]\w*(?::\$\w+)?)|(?<value>''(?:[^'']|'''')*''(?:, ''(?:[^'']|'''')*'')*|\((?:[^()]|\([^()]*\))*\)|@?\{(?:[^{}]|\{[^{}]*\})*\}|\$\w+(?:\.\w+)*|[^\s''"{}()|;,]*[^\s''"{}()|;,.]))')
    $named = [regex]::new('\G(?! with)(?: [^\s,;:]*[^\s,;:.]){1,2} -[A-Z]')
    $end, $wantsValue, $parameters = $Start, $false, $null
    while ($true) {
        if ($null -eq $parameters) {
            $match = $name.Match($Text, $end)
            if (-not $match.Success) { break }
            $end += $match.Length
            $parameters = (Get-Command $match.Value -ErrorAction Ignore)?.Parameters
            if (-not $parameters) { break }
            continue
        }
        $match = $argument.Match($Text, $end)
        if (-not $match.Success) {
            $pipe = [regex]::new('\G \| (?=[A-Z][a-z]+-)').Match($Text, $end)
            if (-not $pipe.Success) { break }
            $end, $wantsValue, $parameters = ($end + $pipe.Length), $false, $null
        }
        elseif ($match.Groups['parameter'].Success) {
            $given = ($match.Groups['parameter'].Value -split ':')[0].Substring(1)
            $wantsValue = -not $parameters[$given]?.SwitchParameter
            $end += $match.Length
        }
        else {
            $isWord = $match.Groups['value'].Value -cmatch '^[a-z]+$' -and -not $named.IsMatch($Text, $end)
            if ($isWord -and -not $wantsValue) { break }
            $wantsValue = $false
            $end += $match.Length
        }
    }
    $Text.Substring($Start, $end - $Start)
}

# What is wrong with a command; nothing for one that PowerShell can bind.
function Get-AdviceProblem([string] $Command) {
    $errors = $null
    $script = [System.Management.Automation.Language.Parser]::ParseInput($Command, [ref] $null, [ref] $errors)
    foreach ($problem in $errors) { $problem.Message }
    if ($errors) { return }
    foreach ($pipeline in $script.FindAll({ $args[0] -is [System.Management.Automation.Language.PipelineAst] }, $true)) {
        foreach ($call in $pipeline.PipelineElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandAst] -and $_.GetCommandName() -like '*-Cdb*' }) {
            Get-CallProblem $call ($pipeline.PipelineElements.IndexOf($call) -gt 0)
        }
    }
}

function Get-CallProblem($Call, [bool] $HasInput) {
    $cmdlet = Get-Command $Call.GetCommandName() -ErrorAction Ignore
    if (-not $cmdlet) { return "there is no cmdlet $($Call.GetCommandName())" }
    if ($Call.CommandElements.Count -eq 1 -and -not $HasInput) { return }
    $named, $positional, $last = @(), 0, $null
    foreach ($element in $Call.CommandElements | Select-Object -Skip 1) {
        if ($element -is [System.Management.Automation.Language.CommandParameterAst]) {
            if ($last) { "-$($last.Name) has no value" }
            $parameter = $cmdlet.Parameters.Values | Where-Object { $_.Name -eq $element.ParameterName -or $_.Aliases -contains $element.ParameterName }
            if (-not $parameter) { return "$($cmdlet.Name) has no parameter -$($element.ParameterName)" }
            $named += $parameter.Name
            $last = $parameter.SwitchParameter -or $element.Argument ? $null : $parameter
        }
        elseif ($last) { $last = $null }
        else { $positional++ }
    }
    if ($last) { "-$($last.Name) has no value" }
    $possible = $cmdlet.ParameterSets | Where-Object {
        $set = $_
        $left = @($set.Parameters | Where-Object { $_.Name -notin $named })
        $byPosition = @($left | Where-Object Position -GE 0 | Sort-Object Position | Select-Object -First $positional | ForEach-Object Name)
        $missing = $left | Where-Object { $_.IsMandatory -and $_.Name -notin $byPosition -and -not ($HasInput -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName)) }
        -not $missing -and $byPosition.Count -eq $positional -and -not ($named | Where-Object { $_ -notin $set.Parameters.Name })
    }
    if (-not $possible) { "$Call leaves out what the cmdlet needs, or combines what does not go together" }
}

# What a command is called in a list: its cmdlets and parameters.
function Get-AdviceShape([string] $Command) {
    $script = [System.Management.Automation.Language.Parser]::ParseInput($Command, [ref] $null, [ref] $null)
    ($script.EndBlock.Statements[0].PipelineElements | ForEach-Object {
        (@($_.GetCommandName()) + @($_.CommandElements.ParameterName | Where-Object { $_ } | ForEach-Object { "-$_" })) -join ' '
    }) -join ' | '
}

# The advice in the messages of the source: file, line and command. The parts that a message fills in are paths.
function Get-SourceAdvice([string] $Root) {
    foreach ($file in Get-ChildItem $Root -Recurse -Filter *.cs | Where-Object FullName -NotMatch '[\\/](obj|bin)[\\/]') {
        foreach ($line in Select-String -Path $file '[A-Z][a-z]+-Cdb' -CaseSensitive) {
            $code = $line.Line.Trim()
            if ($code -match '^//|^\[(Cmdlet|Alias)') { continue }
            $text = ($code -creplace '(?<=-Cdb)\{[^{}]*\}', 'Stream' -creplace '(?<!\{)\{(?!\{)[^{}]*\}(?!\})', 'a/b/c') -replace '\{\{', '{' -replace '\}\}', '}'
            foreach ($command in Get-Advice $text) { [pscustomobject]@{ File = $file.Name; Line = $line.LineNumber; Command = $command } }
        }
    }
}
