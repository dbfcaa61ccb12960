# Every example of every help page runs when it is pasted into a fresh session with a new store. The README, the help topics and the pages
# of docs run too, from top to bottom, and all their blocks are whole.
BeforeDiscovery {
    $root = Convert-Path "$PSScriptRoot/../.."
    $pages = Get-Item "$root/docs/en-US/*.md"
    $fence = [regex]::new('(?ms)^ *```(?<language>\w*) *\r?\n(?<code>.*?)^ *```')

    # They are parsed only: they need what no test can make.
    $needs = @{
        'Copy-CdbStore, Example 2: Move a store to a database' = 'a server of PostgreSQL and a service'
    }

    $examples = foreach ($page in $pages | Where-Object Name -NotLike 'about_*') {
        foreach ($example in [regex]::Split((Get-Content $page -Raw), '(?m)^### (?=Example )') | Select-Object -Skip 1) {
            $section = [regex]::Split($example, '(?m)^#{2,3} ')[0]
            $title = ($section -split '\r?\n')[0]
            $code = $fence.Matches($section).Where({ $_.Groups['language'].Value -eq 'powershell' }, 'First')[0].Groups['code'].Value
            @{ Page = $page.BaseName; Title = $title; Code = $code; Needs = $needs["$($page.BaseName), $title"] }
        }
    }

    # Tutorial.Tests.ps1 runs the tutorial of the README, HttpPageTests docs/http.md. That of docs/web.md opens the port of everyone.
    $tours = foreach ($page in @(Get-Item "$root/README.md", "$root/docs/interoperability.md") + ($pages | Where-Object Name -Like 'about_*')) {
        $text = (Get-Content $page -Raw) -replace '(?s)\n## Tutorial.*?(?=\n## )'
        $blocks = $fence.Matches($text).Where{ $_.Groups['language'].Value -eq 'powershell' }.ForEach{ $_.Groups['code'].Value } | Where-Object { $_ -notmatch 'build\.ps1|\./ConnectorDb\.psd1' }
        @{ Page = $page.BaseName; Code = $blocks -join "`n" }
    }

    # The blocks of commands of PowerShell, with a language or without.
    $blocks = foreach ($page in @(Get-Item "$root/*.md") + @(Get-ChildItem "$root/docs" -Recurse -Filter *.md | Where-Object FullName -NotMatch '[\\/]docs[\\/]design[\\/]|-Cdb\w*\.md$')) {
        foreach ($block in $fence.Matches((Get-Content $page -Raw)).Where{ $_.Groups['language'].Value -eq 'powershell' -or ($_.Groups['language'].Value -eq '' -and $_.Groups['code'].Value -cmatch '\A\s*(\$|[A-Z]\w+-[A-Z])') }) {
            $code = $block.Groups['code'].Value
            @{ Page = [System.IO.Path]::GetRelativePath($root, $page); Code = $code; First = ($code.Trim() -split '\r?\n')[0] }
        }
    }
}

BeforeAll {
    $ErrorActionPreference = 'Stop'
    $manifest = $env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1"
    Import-Module $manifest
    . "$PSScriptRoot/advice.ps1"

    # A session in an empty folder, with the module and a connection to a new store. The store of the user is another.
    function New-Session {
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
        $session = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault())
        $session.Open()
        $null = Invoke-Code $session @'
            param($manifest, $folder)
            $ProgressPreference = 'SilentlyContinue'
            Set-Location $folder
            Import-Module $manifest
            $PSDefaultParameterValues = @{ 'Connect-Cdb:Path' = "$folder/of-the-user/store.cdb" }
            $null = Connect-Cdb "$folder/of-the-test/store.cdb"

            # An example that deletes asks a user, who is not here.
            $ConfirmPreference = 'None'
'@ -Argument $manifest, $folder
        $session
    }

    # The errors of a script.
    function Invoke-Code([runspace] $Session, [string] $Code, [object[]] $Argument) {
        $shell = [powershell]::Create($Session)
        try {
            $null = $shell.AddScript($Code)
            foreach ($value in $Argument) { $null = $shell.AddArgument($value) }
            try { $null = $shell.Invoke() | Out-String } catch { ($_.Exception.GetBaseException().ErrorRecord) ?? $_ }
            $shell.Streams.Error
        }
        finally {
            $shell.Dispose()
        }
    }

    function Close-Session([runspace] $Session) {
        $null = Invoke-Code $Session @'
            $WarningPreference = 'Ignore'
            Get-CdbSubscription | Unregister-CdbSubscription
            Stop-CdbPoller
            Stop-CdbLogger -Timeout 0
            Stop-CdbServer
            Get-CdbConnection | Disconnect-Cdb
'@
        $Session.Dispose()
    }

    # No service is installed here, and on some machines none can be.
    function Test-ServiceError($Record) { $Record.FullyQualifiedErrorId -match '^(NotFound|NotAvailable),.*UninstallCdbServiceCommand$' }

    function Get-SyntaxError([string] $Code) {
        $errors = $null
        $null = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $errors)
        $errors
    }
}

Describe 'The examples of the cmdlets' {
    BeforeEach { $session = New-Session }

    AfterEach { Close-Session $session }

    It '<Page>, <Title>' -ForEach ($examples | Where-Object { -not $_.Needs }) {
        Invoke-Code $session $Code | Where-Object { -not (Test-ServiceError $_) } | Should -BeNullOrEmpty

        # The streams take datapoints as before.
        Invoke-Code $session 'if (Get-CdbConnection) { Get-CdbStream | Where-Object Datapoints | ForEach-Object { Add-CdbDatapoint $_ $_.LastDatapoint.Data } }' | Should -BeNullOrEmpty
    }
}

Describe 'An example that needs <Needs>' -ForEach ($examples | Where-Object Needs) {
    It '<Page>, <Title>' {
        Get-SyntaxError $Code | Should -BeNullOrEmpty
    }
}

Describe 'The README, the help topics and the pages' {
    BeforeEach { $session = New-Session }

    AfterEach { Close-Session $session }

    It '<Page>' -ForEach $tours {
        $null = Invoke-Code $session "Set-Content ./office.csv 'timestamp,value', '2026-01-31T18:00:00Z,20.5', '2026-01-31T19:00:00Z,23'; Connect-Cdb; `$PSDefaultParameterValues['Start-CdbLogger:Path'] = './of-the-user.log.db'"
        Invoke-Code $session $Code | Should -BeNullOrEmpty
    }

    It 'have commands that are whole: <Page>, <First>' -ForEach $blocks {
        Get-SyntaxError $Code | Should -BeNullOrEmpty
        Get-AdviceProblem $Code | Should -BeNullOrEmpty
    }
}
