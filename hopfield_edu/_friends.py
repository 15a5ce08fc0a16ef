"""What one can know of a friend: fifty properties, and twenty values of each."""

from __future__ import annotations

_TABLE = """
first name: Ada Ben Carla David Emma Finn Greta Hugo Ines Jonas Klara Leo Mira Nils Olga Paul Rosa Sven
  Tilda Yuri
eyes: brown blue green grey hazel amber black violet dark light round narrow wide bright deep pale kind
  sharp calm merry
hair: black brown blond red grey white short long curly straight wavy spiky bald braids bun fringe dyed
  ponytail shaved plaits
height: 150 153 156 159 162 165 168 171 174 177 180 183 186 189 192 195 198 201 204 207
town: Aachen Bath Cork Delft Essen Faro Ghent Haifa Izmir Jena Kyoto Lyon Milan Nice Oslo Porto Quito Riga
  Siena Turin
street: Ash Beech Birch Cedar Elm Fir Hazel Holly Ivy Larch Lime Maple Oak Palm Pine Plum Rowan Spruce
  Willow Yew
job: actor baker cook dentist engineer farmer guide hatter judge lawyer mason nurse optician pilot sailor
  tailor teacher vet waiter writer
subject: algebra biology botany chemistry dance drama ecology English French geology German history Latin
  law logic maths music physics Spanish sport
toy: ball blocks bricks cards crayons doll hoop kite marbles puppet puzzle rattle robot rocket skates sledge
  slinky top train yo-yo
star: Aldebaran Altair Antares Arcturus Bellatrix Betelgeuse Canopus Capella Castor Deneb Fomalhaut Mira
  Mizar Polaris Pollux Procyon Regulus Rigel Sirius Vega
car: beetle bicycle bus cab camper coupe estate jeep kart lorry minivan moped pickup roadster saloon scooter
  tractor tram truck van
colour: amber azure beige black blue brown cyan gold green grey indigo ivory lilac lime olive orange pink
  purple red white
pet: budgie canary cat cow dog duck ferret frog goat goose hamster hen horse lizard mouse parrot pony rabbit
  snake turtle
fruit: apple apricot banana blackberry cherry currant date fig grape kiwi lemon mango melon orange papaya
  peach pear plum quince raspberry
vegetable: asparagus bean beet broccoli cabbage carrot celery chard cress fennel garlic kale leek lettuce
  onion pea pepper radish spinach turnip
dish: chili couscous curry dumplings fondue gnocchi goulash lasagne noodles omelette paella pancakes pasta
  pie pizza ramen risotto salad soup tacos
drink: ale chai cider cocoa coffee cola juice kefir lassi lemonade malt mate milk punch rooibos sherry tea
  tonic water wine
cake: brioche brownie cheesecake cookie crumble cupcake eclair gingerbread lebkuchen macaroon madeleine
  marzipan meringue muffin scone sponge strudel stollen tart waffle
cheese: brie Camembert Cheddar Comte Edam Emmental feta Gorgonzola Gouda Gruyere halloumi Havarti Manchego
  mozzarella Parmesan pecorino raclette ricotta Roquefort Stilton
instrument: accordion bagpipe banjo bassoon cello clarinet cornet drum flute guitar harp horn lute oboe
  organ piano trumpet tuba viola violin
composer: Bach Bartok Berlioz Bizet Brahms Chopin Debussy Dvorak Elgar Grieg Handel Haydn Liszt Mahler
  Mozart Ravel Satie Schubert Verdi Vivaldi
dance: bolero cha-cha flamenco foxtrot galop jig jive mambo mazurka minuet polka polonaise quickstep reel
  rumba salsa samba tango twist waltz
sport: archery badminton boxing chess cricket curling cycling diving fencing football golf hockey judo
  rowing rugby running skiing surfing swimming tennis
game: backgammon bingo bridge charades checkers cribbage darts dominoes go hearts lotto ludo mahjong pinball
  poker rummy skat snap solitaire tag
hobby: baking birds calligraphy camping carving collage crochet gardening juggling kites knitting magic
  origami painting photos pottery puzzles sailing sewing stamps
painter: Bosch Bruegel Cezanne Chagall Degas Dürer Gauguin Giotto Goya Hals Hokusai Kahlo Klee Manet Monet
  Munch Rubens Titian Turner Vermeer
author: Austen Borges Bronte Camus Chekhov Dante Dickens Eco Goethe Homer Ibsen Joyce Kafka Kipling Lem Mann
  Orwell Proust Tolstoy Woolf
film: action animated cartoon comedy crime detective disaster documentary drama fantasy historical horror
  musical mystery noir romance silent space thriller western
language: Arabic Basque Catalan Czech Danish Dutch Finnish Greek Hebrew Hindi Irish Italian Korean Latvian
  Maltese Polish Swedish Thai Turkish Welsh
country: Bhutan Brazil Canada Chile Cuba Egypt Fiji Ghana Iceland India Japan Kenya Malta Mexico Nepal
  Norway Peru Samoa Spain Togo
island: Bali Borneo Capri Corfu Corsica Crete Cyprus Elba Ibiza Java Jersey Kos Madeira Naxos Rhodes Sicily
  Skye Sumatra Tahiti Zanzibar
river: Amazon Danube Duero Elbe Ganges Indus Loire Main Mekong Meuse Nile Oder Po Rhine Rhone Seine Tagus
  Thames Tiber Volga
mountain: Ararat Blanc Cook Eiger Elbrus Etna Everest Fuji Jungfrau Kenya Kilimanjaro Logan Matterhorn
  Olympus Rainier Rigi Snowdon Teide Triglav Zugspitze
flower: anemone aster begonia bluebell camellia crocus dahlia daisy iris jasmine lilac lily lotus orchid
  pansy peony poppy rose tulip violet
bird: blackbird crane cuckoo dove eagle falcon finch heron jay kestrel lark magpie owl pelican robin sparrow
  stork swallow swan wren
tree: acacia alder almond aspen bamboo baobab chestnut cypress ebony elder hawthorn juniper laurel magnolia
  mulberry olive poplar redwood sycamore walnut
insect: ant bee beetle butterfly cicada cricket dragonfly earwig firefly fly gnat grasshopper hornet
  ladybird locust mantis midge moth termite wasp
planet: Callisto Ceres Charon Dione Earth Eris Europa Ganymede Io Jupiter Mars Mercury Neptune Pluto Rhea
  Saturn Titan Triton Uranus Venus
metal: aluminium brass bronze chrome cobalt copper gold iridium iron lead lithium mercury nickel platinum
  silver steel tin titanium tungsten zinc
stone: agate amethyst aquamarine beryl coral diamond emerald flint garnet granite jade jasper marble onyx
  opal pearl quartz ruby sapphire topaz
number: one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen twenty
hat: balaclava bandana beanie beret boater bonnet bowler cap cloche cowboy fedora fez headband helmet hood
  panama sombrero top-hat trilby turban
coat: anorak blazer bolero cagoule cape cardigan cloak duffel gilet jacket kimono mackintosh overcoat parka
  poncho raincoat shawl sweater tunic waistcoat
shoe: ankle-boot ballerina boot brogue clog derby flip-flop loafer moccasin mule oxford plimsoll pump sandal
  slipper sneaker stiletto trainer wader wedge
fabric: canvas cashmere chiffon corduroy cotton damask denim felt flannel fleece jersey lace leather linen
  satin silk suede tweed velvet wool
tool: anvil axe brush chisel clamp drill file hammer hoe level needle pliers rake ruler saw scissors
  screwdriver shovel spade wrench
room: attic balcony bathroom bedroom cellar den garage hall kitchen larder library loft lounge nursery
  office pantry porch studio terrace workshop
weather: breeze cloud drizzle fog frost gale hail haze heat ice lightning mist rain rainbow sleet snow storm
  sun thunder wind
spice: anise basil caraway cardamom cinnamon clove coriander cumin dill ginger mint mustard nutmeg oregano
  paprika parsley rosemary saffron sage thyme
sound: bang bark bell buzz chirp clap click creak echo gong hiss hum laugh murmur roar rustle splash tick
  whisper whistle
"""

_ROWS = [line.partition(": ") for line in _TABLE.replace("\n  ", " ").strip().splitlines()]
PROPERTIES = tuple(name for name, _, _ in _ROWS)
VALUES = tuple(tuple(words.split()) for _, _, words in _ROWS)
