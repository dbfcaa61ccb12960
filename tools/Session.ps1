#Requires -Version 7.6

<#
.SYNOPSIS
    Types the lines of a file at the prompt of another pwsh, and outputs what the terminal showed.
.DESCRIPTION
    The records in docs/design/025-sessions.md are made with it. A script of the same name beside the file makes the files that the session needs. The record is unchanged except for the name of the folder and for
    blanks at the ends of lines. Linux and macOS have the shell that keeps output and errors in their order.
.EXAMPLE
    ./tools/Session.ps1 docs/design/sessions/tutorial.txt
#>
[CmdletBinding()]
param(
    # A file with a line of PowerShell in each line.
    [Parameter(Mandatory)]
    [string] $Path,

    # The manifest of the built module.
    [string] $Module = "$PSScriptRoot/../ConnectorDb.psd1",

    # The name of the folder in the record.
    [string] $Shown = '/home/ada'
)

Set-StrictMode -Version Latest
$file = Resolve-Path $Path
$folder = (New-Item (Join-Path ([System.IO.Path]::GetTempPath()) "session-$([guid]::NewGuid().ToString('N'))") -ItemType Directory).FullName
try {
    $null = New-Item (Join-Path $folder modules) -ItemType Directory
    $null = New-Item (Join-Path $folder modules/ConnectorDb) -ItemType SymbolicLink -Target (Split-Path (Resolve-Path $Module))
    $work = (New-Item (Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid().ToString('N').Substring(0, 4))) -ItemType Directory).FullName
    $before = [System.IO.Path]::ChangeExtension($file, '.ps1')
    if (Test-Path $before) {
        Push-Location $work
        & $before
        Pop-Location
    }

    # The prompt is short from the line with the mark on.
    $mark = '# The session begins.'
    $start = "`$PSStyle.OutputRendering = 'PlainText'; `$env:HOME = '$work'; `$env:PSModulePath = '$folder/modules:' + `$env:PSModulePath; Set-Location '$work'; function prompt { 'PS> ' }"
    $program = @([System.Environment]::ProcessPath)
    if ([System.IO.Path]::GetFileNameWithoutExtension($program[0]) -eq 'dotnet') { $program += [System.Reflection.Assembly]::GetEntryAssembly().Location }
    $record = @($start; $mark; Get-Content $file) | & /bin/sh -c 'exec "$0" "$@" 2>&1' @program -NoProfile -NoLogo | ForEach-Object { $_ -replace '\e\[[?0-9;]*[a-zA-Z]' }
    $first = [array]::IndexOf(@($record | ForEach-Object { "$_".EndsWith($mark) }), $true) + 1
    # The last line is the prompt that nothing was typed at.
    $record | Select-Object -Skip $first | Select-Object -SkipLast 1 | ForEach-Object { $_.Replace($work, $Shown).TrimEnd() }
}
finally {
    Remove-Item $folder, $work -Recurse -Force
}
