BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Connect-Cdb' {
    It 'says that a variable without a value is neither path nor address' {
        { Connect-Cdb $null } | Should -Throw 'The path or address is null. Check that its variable exists*'
    }

    It 'makes a new store only without -MustExist, and says so: <What>' -ForEach @(
        @{ What = 'no file'; Make = {} }
        @{ What = 'an empty file'; Make = { $null = New-Item $path } }
    ) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).cdb"
        . $Make
        { Connect-Cdb $path -MustExist -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*Restore-CdbStore*'
        (Get-Item $path -ErrorAction Ignore).Length | Should -BeIn $null, 0
        $said = Connect-Cdb $path -Verbose *>&1
        $said -match 'new store' | Should -BeLike "*new store*$path*"
        $said[-1].IsNew | Should -BeTrue
        Disconnect-Cdb
        $again = Connect-Cdb $path -MustExist -InformationVariable information
        $again.IsNew | Should -BeFalse
        $information | Should -BeNullOrEmpty
        Disconnect-Cdb
    }

    It 'says by default that it makes a store, and warns that it was an empty file' {
        $path = Join-Path $TestDrive 'said.cdb'
        $made = Connect-Cdb $path -NoDefault -InformationVariable told -WarningVariable said 6>$null
        "$told" | Should -Be "Made a new store in '$path'."
        ($told.Tags -contains 'PSHOST') | Should -Be (-not [Console]::IsOutputRedirected) -Because 'the host shows such information, but not to a program'
        $said | Should -BeNullOrEmpty
        Disconnect-Cdb $made
        $null = New-Item ($empty = Join-Path $TestDrive 'zero.cdb')
        $made = Connect-Cdb $empty -NoDefault -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike "Made a new store in '$empty', which was an empty file.*-MustExist*"
        Disconnect-Cdb $made
    }

    It 'creates a missing store and its folders, and says so' {
        $path = Join-Path $TestDrive 'new/deep/store.cdb'
        { Connect-Cdb -Path $path -MustExist } | Should -Throw -ErrorId 'NotFound*'
        Join-Path $TestDrive 'new' | Should -Not -Exist
        $connection = Connect-Cdb -Path $path -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike "*the folder '$(Join-Path $TestDrive 'new')'*a new store in '$path'*"
        $path | Should -Exist
        $connection.Location | Should -Be $path
        "$($connection.Identity)" | Should -Be 'me/user'
        Disconnect-Cdb $connection
    }

    It 'persists datapoints between connections' {
        $path = Join-Path $TestDrive 'kept.cdb'
        $connection = Connect-Cdb -Path $path
        $null = New-CdbStream temperature
        21.5 | Add-CdbDatapoint temperature
        Disconnect-Cdb $connection

        $connection = Connect-Cdb -Path $path
        (Get-CdbDatapoint temperature).Data | Should -Be 21.5
        Disconnect-Cdb $connection
    }

    It 'resolves a path relative to the current folder' {
        Push-Location $TestDrive
        try {
            $connection = Connect-Cdb -Path 'relative.cdb'
            $connection.Location | Should -Be (Join-Path $TestDrive 'relative.cdb')
            Disconnect-Cdb $connection
        }
        finally {
            Pop-Location
        }
    }

    It 'becomes the default of the runspace' {
        $path = Join-Path $TestDrive 'default.cdb'
        $connection = Connect-Cdb -Path $path
        (Get-CdbInfo).Location | Should -Be $path
        Disconnect-Cdb $connection
    }

    It 'logs in as another device with -As' {
        $null = New-CdbDevice pi
        $connection = Connect-Cdb -Path $store -As pi
        "$($connection.Identity)" | Should -Be 'me/pi'
        Disconnect-Cdb $connection
    }

    It 'logs in with a key' {
        $device = New-CdbDevice keyed
        $connection = Connect-Cdb -Path $store -ApiKey $device.ApiKey
        "$($connection.Identity)" | Should -Be 'me/keyed'
        Disconnect-Cdb $connection
    }

    It 'logs in with a name and a password' {
        $credential = [pscredential]::new('ada', (ConvertTo-SecureString 'a long enough password' -AsPlainText -Force))
        $null = New-CdbUser -Credential $credential
        $connection = Connect-Cdb -Path $store -Credential $credential
        "$($connection.Identity)" | Should -Be 'ada/user'
        Disconnect-Cdb $connection
    }

    It 'rejects a wrong key without printing it' {
        $problem = { Connect-Cdb -Path $store -ApiKey 'not-a-key-at-all' } | Should -Throw -ErrorId 'AuthenticationFailed*' -PassThru
        $problem.Exception.Message | Should -Not -Match 'not-a-key-at-all'
    }

    It 'rejects a file that is not a store, and does not change it' {
        $path = Join-Path $TestDrive 'letter.txt'
        Set-Content $path ('Dear store, ' * 500)
        { Connect-Cdb -Path $path } | Should -Throw -ErrorId 'StoreNotAStore*'
        Get-Content $path -TotalCount 1 | Should -Match '^Dear store'
    }

    It 'logs in to a server, where the other cmdlets work alike' {
        $key = (Get-CdbDevice user).ApiKey
        $server = Start-CdbServer $store -Url http://127.0.0.1:0
        $connection = Connect-Cdb -Url $server.Url -ApiKey (ConvertTo-SecureString $key -AsPlainText -Force)
        "$($connection.Identity)" | Should -Be 'me/user'
        $null = New-CdbStream far -Connection $connection
        1, 2 | Add-CdbDatapoint far -Connection $connection
        (Get-CdbDatapoint far -Connection $connection).Data | Should -Be 1, 2
        ($connection | Format-List * -Force | Out-String) | Should -Not -Match ([regex]::Escape($key))
        Disconnect-Cdb $connection
        Stop-CdbServer $server
    }

    It 'explains how to start a server when none answers' {
        { Connect-Cdb -Url http://127.0.0.1:1 -ApiKey x } | Should -Throw -ErrorId 'StoreUnreachable*' -ExpectedMessage '*Check the address*'
    }

    It 'reports a device that does not exist' {
        { Connect-Cdb -Path $store -As nobody } | Should -Throw -ExpectedMessage '*nobody*'
    }

    It 'has the permissions of the device with -As <_>' -ForEach 'pi', 'me/pi' {
        if (-not (Test-CdbItem mine)) { $null = New-CdbStream mine }
        $connection = Connect-Cdb -Path $store -As $_
        "$($connection.Identity)" | Should -Be 'me/pi'
        { Get-CdbStream user/mine -Connection $connection -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*'
        Disconnect-Cdb $connection
    }

    It 'rejects a wrong password' {
        $null = New-CdbUser bob -Password (ConvertTo-SecureString 'correct horse' -AsPlainText -Force)
        $wrong = [pscredential]::new('bob', (ConvertTo-SecureString 'battery staple' -AsPlainText -Force))
        { Connect-Cdb -Path $store -Credential $wrong } | Should -Throw -ErrorId 'AuthenticationFailed*'
    }

    It 'rejects a path of another provider and creates no file' {
        { Connect-Cdb -Path variable:store } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "*'variable:store' is not a file*"
        'store' | Should -Not -Exist
    }

    It 'says that the key <_> is empty' -ForEach '$variableThatIsNotThere', "''", '([securestring]::new())' {
        { Invoke-Expression "Connect-Cdb -Path `$store -ApiKey $_" } | Should -Throw -ExpectedMessage '*is empty*'
    }

    It 'rejects a folder and suggests a file in it' {
        { Connect-Cdb -Path $TestDrive } | Should -Throw -ErrorId 'StoreUnreachable*' -ExpectedMessage "*is a folder*$(Join-Path $TestDrive 'store.cdb')*"
    }

    It 'rejects the path <Typed>' -ForEach @(
        @{ Typed = '/'; Reason = '*is a folder*'; Skip = $IsWindows }
        @{ Typed = './folder/'; Reason = '*is a folder*' }
        @{ Typed = './new/'; Reason = '*is a folder*' }
        @{ Typed = 'a\0b.cdb'; Reason = '*is not a path*' }
        @{ Typed = '   '; Reason = '*is not a path*' }
        @{ Typed = './*.cdb'; Reason = '*wildcard*' }
        @{ Typed = './?/x.cdb'; Reason = '*wildcard*' }
        @{ Typed = '/dev/null'; Reason = '*is a device*'; Skip = $IsWindows }
    ) {
        if ($Skip) { Set-ItResult -Skipped -Because 'Windows has no such path.'; return }
        $Typed = $Typed.Replace('\0', "`0")
        Push-Location (New-Item "$TestDrive/paths/folder" -ItemType Directory -Force).Parent
        try {
            { Connect-Cdb -Path $Typed } | Should -Throw -ExpectedMessage $Reason
            { Start-CdbServer $Typed } | Should -Throw -ExpectedMessage $Reason
            { Start-CdbLogger $Typed } | Should -Throw -ExpectedMessage $Reason
            { Start-CdbPoller $Typed } | Should -Throw -ExpectedMessage $Reason
            { Install-CdbService $Typed -DefinitionFolder ./units } | Should -Throw -ExpectedMessage $Reason
            { Connect-Cdb -Url https://127.0.0.1:1 -CertificateAuthority $Typed } | Should -Throw -ExpectedMessage $Reason
            Get-ChildItem -Name -Recurse | Should -Be 'folder'
        }
        finally {
            Pop-Location
        }
    }

    It 'creates no store for a login with <Login>' -ForEach @(
        @{ Login = '-As'; With = @{ As = 'pi' } }
        @{ Login = '-ApiKey'; With = @{ ApiKey = 'a-key' } }
        @{ Login = '-Credential'; With = @{ Credential = [pscredential]::new('ada', (ConvertTo-SecureString 'a password' -AsPlainText -Force)) } }
    ) {
        $path = Join-Path $TestDrive 'nowhere/store.cdb'
        { Connect-Cdb -Path $path @With } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage "*no store '$path' to log in to*"
        Join-Path $TestDrive nowhere | Should -Not -Exist
    }

    It 'warns when the default changes to another database or login, and else says nothing' {
        $null = Connect-Cdb -Path $store -WarningVariable same
        $other = Connect-Cdb -Path (Join-Path $TestDrive 'second-login.cdb') -WarningVariable changed -WarningAction SilentlyContinue
        $same | Should -BeNullOrEmpty
        "$changed" | Should -BeLike "*now use me/user at $($other.Location). Before, they used me/user at $store,*Select-CdbConnection*"
        $null = Connect-Cdb -Path $other.Location -As meta -WarningVariable changed -WarningAction SilentlyContinue
        "$changed" | Should -BeLike '*now use me/meta at*'
        Disconnect-Cdb
        Disconnect-Cdb
        Disconnect-Cdb
    }

    It 'does not change the default with -NoDefault' {
        $other = Connect-Cdb -Path (Join-Path $TestDrive 'aside.cdb') -NoDefault -WarningVariable said
        $said | Should -BeNullOrEmpty
        (Get-CdbInfo).Location | Should -Be $store
        (Get-CdbInfo -Connection $other).Location | Should -Be $other.Location
        Disconnect-Cdb $other
    }

    It 'logs in with -As to the store that is open' {
        $house = Connect-Cdb -Path (Join-Path $TestDrive 'house.cdb')
        $null = New-CdbDevice lamp
        $lamp = Connect-Cdb -As lamp
        "$lamp" | Should -Be "me/lamp at $($house.Location)"
        { Connect-Cdb -As nobody } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage "*'me/nobody' in '$($house.Location)'*"
        $lamp, $house | Disconnect-Cdb
    }
}

Describe 'Connect-Cdb -Url' {
    BeforeAll {
        $key = (Get-CdbDevice user).ApiKey
        $server = Start-CdbServer $store -Url http://127.0.0.1:0
    }

    AfterAll { Stop-CdbServer $server }

    It 'accepts a key in clear text' {
        $connection = Connect-Cdb -Url $server.Url -ApiKey $key
        "$($connection.Identity)" | Should -Be 'me/user'
        $connection.Location | Should -Match '^http://127\.0\.0\.1:'
        Disconnect-Cdb $connection
    }

    It 'logs in with a name and a password' {
        $right = [pscredential]::new('eve', (ConvertTo-SecureString 'correct horse' -AsPlainText -Force))
        $wrong = [pscredential]::new('eve', (ConvertTo-SecureString 'battery staple' -AsPlainText -Force))
        $null = New-CdbUser -Credential $right
        $connection = Connect-Cdb -Url $server.Url -Credential $right
        "$($connection.Identity)" | Should -Be 'eve/user'
        Disconnect-Cdb $connection
        { Connect-Cdb -Url $server.Url -Credential $wrong } | Should -Throw -ErrorId 'AuthenticationFailed*'
    }

    It 'takes an address in the place of the path: <Form>' -ForEach @(
        @{ Form = 'with a key'; With = { @{ ApiKey = $key } } }
        @{ Form = 'with a key and a setting'; With = { @{ ApiKey = $key; Timeout = '10s' } } }
    ) {
        $with = & $With
        $connection = Connect-Cdb $server.Url @with
        "$connection" | Should -BeLike "me/user at $($server.Url)*"
        Disconnect-Cdb $connection
    }

    It 'refuses -<Name> for an address' -ForEach @{ Name = 'MustExist'; With = @{ MustExist = $true } }, @{ Name = 'As'; With = @{ As = 'pi' } } {
        { Connect-Cdb $server.Url @With } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "*-$Name is for a store in a file*-ApiKey*"
    }

    It 'warns that nobody is logged in, but not when that is said' {
        Connect-Cdb -Url $server.Url -WarningVariable said -WarningAction SilentlyContinue | Disconnect-Cdb
        "$said" | Should -BeLike "*Nobody is logged in to '$($server.Url)*"
        $nobody = Connect-Cdb -Url $server.Url -Credential ([pscredential]::Empty) -NoDefault -WarningVariable said
        "$($nobody.Identity)" | Should -Be 'nobody'
        $said | Should -BeNullOrEmpty
        { Get-CdbUser -Current -Connection $nobody -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*Nobody is logged in*'
        Disconnect-Cdb $nobody
    }

    It 'has no rights without a login' {
        $connection = Connect-Cdb -Url $server.Url
        "$($connection.Identity)" | Should -Be 'nobody'
        { Get-CdbStream me/user/x -Connection $connection -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*'
        foreach ($command in { Get-CdbStream -Connection $connection }, { Get-CdbStream x -Connection $connection }, { Get-CdbDatapoint x -Connection $connection }, { Get-CdbDevice -Connection $connection }) {
            { & $command -ErrorAction Stop } | Should -Throw -ExpectedMessage '*you are not logged in*'
        }
        Disconnect-Cdb $connection
    }

    It 'shows the version and whether the server answers' {
        $other = Start-CdbServer (Join-Path $TestDrive 'other.cdb') -Url http://127.0.0.1:0
        $connection = Connect-Cdb -Url $other.Url
        (Test-CdbConnection $connection).Version | Should -Be (Get-Module ConnectorDb).Version.ToString()
        Test-CdbConnection $connection -Quiet | Should -BeTrue
        Stop-CdbServer $other
        Test-CdbConnection $connection -Quiet | Should -BeFalse
        Disconnect-Cdb $connection
    }

    It 'counts the users for the owner' {
        $connection = Connect-Cdb -Url $server.Url -ApiKey $key
        (Get-CdbInfo -Connection $connection).Users | Should -BeGreaterOrEqual 1
        Disconnect-Cdb $connection
    }

    It 'rejects a wrong key without printing it' {
        $problem = { Connect-Cdb -Url $server.Url -ApiKey very-secret } | Should -Throw -ErrorId 'AuthenticationFailed*' -PassThru
        "$problem" | Should -Not -BeLike '*very-secret*'
    }

    It 'rejects <Url> and explains what to do' -ForEach @(
        @{ Url = 'http://127.0.0.1:1'; Id = 'StoreUnreachable'; Hint = 'http://127.0.0.1:1' }
        @{ Url = 'ftp://127.0.0.1'; Id = 'InvalidValue'; Hint = 'http://127.0.0.1:3124' }
        @{ Url = 'somewhere'; Id = 'InvalidValue'; Hint = 'http://127.0.0.1:3124' }
        @{ Url = 'http://me:secret@127.0.0.1:1'; Id = 'InvalidValue'; Hint = '-Credential' }
    ) {
        $problem = { Connect-Cdb -Url $Url -ApiKey x } | Should -Throw -ErrorId "$Id*" -ExpectedMessage "*$Hint*" -PassThru
        "$problem" | Should -Not -BeLike '*secret@*'
    }

    It 'warns of a login that leaves the machine unencrypted' {
        { Connect-Cdb -Url http://nowhere.invalid -ApiKey x -WarningVariable script:warnings -WarningAction SilentlyContinue } | Should -Throw
        "$warnings" | Should -BeLike "*'nowhere.invalid' is not encrypted*"
    }
}

Describe 'Connect-Cdb with an address of no server' {
    It 'says what is possible: <_>' -ForEach 'ftp://lab.example', 'http:/lab.example', 'store:/x', 'localhost:3124' {
        { Connect-Cdb $_ } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "*'$_' is neither*http://*"
    }
}
