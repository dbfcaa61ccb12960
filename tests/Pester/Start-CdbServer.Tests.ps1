BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll {
    Stop-CdbServer
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'Start-CdbServer' {
    It 'returns when the server responds' {
        $server = Start-CdbServer $store -Url http://127.0.0.1:0
        $server.Status | Should -Be 'Running'
        $server.Store | Should -Be $store
        $server.Url | Should -Match '^http://127\.0\.0\.1:\d+$'
        (Invoke-RestMethod "$($server.Url)/api/v1/meta/version") | Should -Be '0.3.0'
    }

    It 'serves the open store, and shows its path' {
        $server = Start-CdbServer -Url http://127.0.0.1:0
        $server.Store | Should -Be $store
        ($server | Format-Table Store | Out-String) | Should -BeLike "*$store*"
        $remote = Connect-Cdb -Url $server.Url -ApiKey (Get-CdbDevice user).ApiKey
        $null = New-CdbStream seen -Connection $remote
        Disconnect-Cdb $remote
        Test-CdbItem seen | Should -BeTrue
        Stop-CdbServer $server
    }

    It 'shows a link that logs the owner in once' {
        $server = Start-CdbServer $store -Url http://127.0.0.1:0 -Show -InformationVariable told
        "$told" -match "Open $([regex]::Escape($server.Url))/#/in/(?<code>[0-9a-f]{32}) " | Should -BeTrue
        $code = $Matches.code
        $server.GetLoginLink() | Should -Be "$($server.Url)/#/in/$code"
        $login = @{ Uri = "$($server.Url)/api/v1/login"; Method = 'Post'; Headers = @{ Authorization = "Link $code" } }
        Invoke-RestMethod @login -SessionVariable browser | Should -Be 'ok'
        $null = $browser.Headers.Remove('Authorization')
        Invoke-RestMethod "$($server.Url)/api/v1/?q=this" -WebSession $browser | Should -Be 'me/user'
        { Invoke-RestMethod @login } | Should -Throw
        $server | Format-List * | Out-String | Should -Not -BeLike "*$code*"
    }

    It 'gives the reason when it does not start' {
        $first = Start-CdbServer (Join-Path $TestDrive 'a.cdb') -Url http://127.0.0.1:0
        $problem = { Start-CdbServer (Join-Path $TestDrive 'b.cdb') -Url $first.Url } |
            Should -Throw -ErrorId 'ServerNotStarted,*' -ExpectedMessage '*in use*choose another one with --url.' -PassThru
        "$problem" | Should -Not -BeLike '*   at *'
    }

    It 'says that it makes a store, and warns that it was an empty file' {
        $made = Start-CdbServer (Join-Path $TestDrive 'made.cdb') -Url http://127.0.0.1:0 -InformationVariable told -WarningVariable said
        "$told" | Should -BeLike 'Made a new store in *made.cdb*'
        $said | Should -BeNullOrEmpty
        $null = New-Item (Join-Path $TestDrive 'zero.cdb')
        $zero = Start-CdbServer (Join-Path $TestDrive 'zero.cdb') -Url http://127.0.0.1:0 -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike '*zero.cdb*was an empty file*'
        $made, $zero | Stop-CdbServer
    }

    It 'takes the files of settings from the location of the session' {
        Push-Location $TestDrive
        try {
            $server = Start-CdbServer ./located.cdb -Url http://127.0.0.1:0 -Setting @{ OwnerKeyFile = './owner.key'; 'log-file' = 'server.log' }
            $headers = @{ Authorization = "Bearer $(Get-Content "$TestDrive/owner.key")" }
            Invoke-RestMethod "$($server.Url)/api/v1/?q=this" -Headers $headers | Should -Be 'me/user'
            "$TestDrive/server.log" | Should -Exist
        }
        finally {
            Stop-CdbServer $server
            Pop-Location
        }
    }

    It 'starts nothing with -WhatIf' {
        Start-CdbServer (Join-Path $TestDrive 'c.cdb') -Url http://127.0.0.1:0 -WhatIf | Should -BeNullOrEmpty
    }

    It 'ends with the session that started it' {
        $script = "Import-Module '$env:CONNECTORDB_MANIFEST'; (Start-CdbServer '$TestDrive/d.cdb' -Url http://127.0.0.1:0).ProcessId"
        $id = & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -NonInteractive -Command $script
        $server = Get-Process -Id $id -ErrorAction Ignore
        if ($server) { $server.WaitForExit(60000) | Should -BeTrue }
    }

    It 'starts where the execution policy is <Policy>' -Tag Windows -ForEach @(
        @{ Policy = 'AllSigned'; Script = 'refused' }
        @{ Policy = 'Restricted'; Script = 'refused' }
        @{ Policy = 'RemoteSigned'; Script = 'run' }
    ) {
        Set-Content "$TestDrive/unsigned.ps1" "'run'"
        $command = "try { & '$TestDrive/unsigned.ps1' } catch { 'refused' }; Import-Module '$env:CONNECTORDB_MANIFEST'; (Start-CdbServer '$TestDrive/$Policy.cdb' -Url http://127.0.0.1:0).Status"
        & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -NonInteractive -ExecutionPolicy $Policy -Command $command | Should -Be $Script, 'Running'
    }

    It 'warns about <Url>: <Warns>' -ForEach @(
        @{ Url = 'http://0.0.0.0:0'; Warns = $true }
        @{ Url = 'http://127.0.0.1:0'; Warns = $false }
    ) {
        Start-CdbServer $store -Url $Url -WarningVariable warnings -WarningAction SilentlyContinue | Stop-CdbServer
        "$warnings" -like '*without TLS*' | Should -Be $Warns
    }

    It 'rejects a file that is not a store, and an unknown setting' {
        $text = Join-Path $TestDrive 'text.cdb'
        Set-Content $text ('This is a text. ' * 10)
        { Start-CdbServer $text -Url http://127.0.0.1:0 } | Should -Throw -ExpectedMessage '*not a*'
        { Start-CdbServer (Join-Path $TestDrive 'new.cdb') -Setting @{ nonsense = 1 } } | Should -Throw -ExpectedMessage "*'nonsense'*"
    }

    It 'refuses a setting with the character NUL, which would cut it off' {
        { Start-CdbServer $store -Setting @{ LogFile = "a`0b" } } | Should -Throw -ErrorId 'InvalidValue,*' -ExpectedMessage "*'--LogFile=a\0b' contains the character NUL*"
    }

    Context 'where ASP.NET Core is not installed' {
        BeforeAll {
            $root = $env:DOTNET_ROOT
            $env:DOTNET_ROOT = $TestDrive
        }

        AfterAll { $env:DOTNET_ROOT = $root }

        It 'serves in pwsh, with the ASP.NET Core of the module' {
            $key = (Get-CdbDevice user).ApiKey
            $null = New-CdbStream cellar -Schema '{"type":"number"}'
            $server = Start-CdbServer $store -Url http://127.0.0.1:0
            (Get-Process -Id $server.ProcessId).Path | Should -Be (Get-Process -Id $PID).Path
            (Get-Process -Id $server.ProcessId).CommandLine | Should -Not -BeLike '*ConnectorDb.Server.dll*'

            $remote = Connect-Cdb -Url $server.Url -ApiKey $key
            Add-CdbDatapoint me/user/cellar 12.5 -Connection $remote
            (Get-CdbDatapoint me/user/cellar -Connection $remote).Data | Should -Be 12.5
            (Watch-CdbStream me/user/cellar -FromIndex 0 -Count 1 -Timeout 1m -Connection $remote).Data | Should -Be 12.5
            Disconnect-Cdb $remote

            $log = $server.Log
            Stop-CdbServer $server
            $server.Status | Should -Be 'Stopped'
            $log -join "`n" | Should -Not -Match 'fail:|crit:'
        }

        It 'is installed as a service with the environment that pwsh needs' -Skip:(-not $IsLinux) {
            $service = Install-CdbService $store -Scope AllUsers -DefinitionFolder "$TestDrive/units"
            $unit = Get-Content $service.DefinitionPath -Raw
            $unit | Should -Match '(?m)^Environment=DOTNET_STARTUP_HOOKS=.+ConnectorDb\.PowerShell\.dll"?$'
            $unit | Should -Match "(?m)^ExecStart=.+ --store "
        }
    }
}
