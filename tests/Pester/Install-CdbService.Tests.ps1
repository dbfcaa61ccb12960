BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Install-CdbService' {
    BeforeAll {
        # The definition of a service, which nothing installs.
        function Get-Definition([hashtable] $Parameters = @{}, [string] $Scope = $IsMacOS ? 'CurrentUser' : 'AllUsers') {
            Get-Content (Install-CdbService -Scope $Scope -DefinitionFolder "$TestDrive/units" @Parameters).DefinitionPath -Raw
        }
    }

    It 'installs nothing with -WhatIf, and writes no definition' {
        Install-CdbService $store -Start -WhatIf -WarningAction Ignore | Should -BeNullOrEmpty
        Install-CdbService -DefinitionFolder "$TestDrive/none" -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/none" | Should -Not -Exist
    }

    It 'says with -WhatIf that the machine has no services' -Skip:(-not $IsLinux -or (Test-Path /run/systemd/system)) {
        Install-CdbService $store -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*Without -WhatIf: systemd does not run*'
    }

    It 'writes the service definition into a folder' -Skip:$IsWindows {
        $scope = $IsMacOS ? 'CurrentUser' : 'AllUsers'
        $service = Install-CdbService $store -Name cellar -Scope $scope -DefinitionFolder "$TestDrive/units"
        $service.State | Should -Be 'Written'
        $service.DefinitionPath | Should -Exist
        Get-Content $service.DefinitionPath -Raw | Should -BeLike "*$store*"
    }

    It 'replaces what it has written' -Skip:$IsWindows {
        $null = Get-Definition
        Get-Definition @{ Url = 'http://127.0.0.1:4000' } | Should -BeLike '*:4000*'
        Get-ChildItem "$TestDrive/units" -Filter *connectordb* | Should -HaveCount 1
    }

    It 'takes the files of settings from the location of the session' -Skip:$IsWindows {
        Push-Location $TestDrive
        try {
            Get-Definition @{ Setting = @{ LogFile = 'own.log' } } | Should -BeLike "*--LogFile=$((Get-Item $TestDrive).FullName)/own.log*"
        }
        finally {
            Pop-Location
        }
    }

    Context 'a unit of systemd' -Skip:(-not $IsLinux) {
        It 'has an account and a folder of its own for a service of the machine, and minimal rights' {
            $unit = Get-Definition
            foreach ($line in 'Type=notify', 'Restart=on-failure', 'User=connectordb', 'StateDirectory=connectordb', 'NoNewPrivileges=true', 'ProtectSystem=full', 'AmbientCapabilities=', 'WantedBy=multi-user.target') {
                $unit | Should -BeLike "*`n$line`n*"
            }

            $unit | Should -BeLike '*--store /var/lib/connectordb/store.cdb --url http://127.0.0.1:3124*'
        }

        It 'lets a poller ping, and write beside its file' {
            '{"items": []}' | Set-Content "$TestDrive/own.json"
            $folder = (Get-Item $TestDrive).FullName
            $unit = Get-Definition @{ Poll = "$folder/own.json"; WarningAction = 'Ignore' }
            $unit | Should -BeLike "*`nAmbientCapabilities=CAP_NET_RAW`n*"
            $unit | Should -BeLike "*`nReadWritePaths=-$folder`n*"
            $unit | Should -BeLike "*--poll $folder/own.json*"
        }

        It 'is for the user and the default store with -Scope CurrentUser' {
            $unit = Get-Definition -Scope CurrentUser
            $unit | Should -Not -BeLike '*User=*'
            $unit | Should -Not -BeLike '*--store*'
            $unit | Should -BeLike "*`nWantedBy=default.target`n*"
        }

        It 'escapes the characters that systemd interprets' {
            $unit = Get-Definition @{ Path = '/srv/a "b" %c $d;.cdb'; Setting = @{ Origins = "a\b`nc" } }
            $unit.Contains('--store "/srv/a \"b\" %%c $$d;.cdb" --url') | Should -BeTrue
            $unit.Contains(' "--Origins=a\\b\nc"') | Should -BeTrue
        }
    }

    Context 'on Windows, with the rights of an administrator' -Tag Windows -Skip:(-not [Environment]::IsPrivilegedProcess) {
        BeforeAll {
            $name = 'cdb-test-service'
            $folder = Join-Path $env:ProgramData $name
        }

        AfterEach {
            Uninstall-CdbService -Name $name -ErrorAction Ignore
            Remove-Item $folder -Recurse -Force -ErrorAction Ignore
        }

        It 'creates a data folder that other accounts cannot open, and reinstalls' {
            1..2 | ForEach-Object { (Install-CdbService -Name $name -WarningAction Ignore).State | Should -Be 'Stopped' }
            $rules = (Get-Acl $folder).GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])
            $rules.IdentityReference.Value | Sort-Object | Should -Be 'S-1-5-18', 'S-1-5-19', 'S-1-5-32-544'
        }

        It 'rejects a folder owned by another account, and installs nothing' {
            $null = New-Item $folder -ItemType Directory
            icacls.exe $folder /setowner '*S-1-5-32-545' /q | Out-Null
            { Install-CdbService -Name $name -WarningAction Ignore -ErrorAction Stop } | Should -Throw -ExpectedMessage '*made by another account*takeown.exe*'
            { Uninstall-CdbService -Name $name -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
        }
    }

    It 'warns about a file that the service account cannot read' {
        $poll = Join-Path (New-Item "$TestDrive/closed" -ItemType Directory) 'poll.json'
        '{"items": []}' | Set-Content $poll
        if (-not $IsWindows) {
            chmod 700 "$TestDrive/closed"
        }

        (Install-CdbService -Scope AllUsers -Poll $poll -WhatIf 3>&1) -join ' ' | Should -BeLike "*cannot read '*poll.json', because '*closed*' denies access to others. Move the file*"
    }

    It 'accepts no secret' {
        { Install-CdbService -Setting @{ 'Kestrel:Certificates:Default:Password' = 'x' } -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue,*' -ExpectedMessage '*-Config*'
    }

    It 'refuses a setting with the character NUL, and a file that is not there' {
        { Install-CdbService -Setting @{ LogFile = "a`0b" } -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue,*' -ExpectedMessage '*NUL*'
        { Install-CdbService -Poll "$TestDrive/none.json" -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*' -ExpectedMessage '*none.json*'
    }

    It 'validates the poller configuration first' {
        "{`n`"items`": 3}" | Set-Content "$TestDrive/poll.json"
        { Install-CdbService -Poll "$TestDrive/poll.json" -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage '*line 2*'
    }
}
